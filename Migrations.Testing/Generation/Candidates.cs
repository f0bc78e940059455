namespace Migrations.Testing.Generation;

/// <summary>Values that a condition speaks of, and kinds of text that it asks for, each by its number. Immutable.</summary>
internal sealed record Candidates(IReadOnlyList<object> Values, IReadOnlyList<Func<int, string>> Texts);
