using System.Collections.Immutable;

namespace Migrations.Runner.Planning;

/// <summary>What a migration changes of one object's CREATE statement. Immutable.</summary>
/// <param name="Object">The object, by the name that it has afterwards, or had: <c>table "user"</c>.</param>
/// <param name="Lines">The lines that go with "- " before them, those that come with "+ ", and some around them.</param>
internal sealed record SchemaDifference(string Object, ImmutableArray<string> Lines);
