using System.Collections.Immutable;

namespace Migrations.Testing.Generation;

/// <summary>A row that SQLite took: its values, and those by which an UPDATE finds it.</summary>
internal sealed record TakenRow(object?[] Values, ImmutableArray<object?> Identity);
