namespace Migrations.Tests.Repository;

/// <summary>A part of a page: a fenced block in a language, or prose between blocks, which has none. Immutable.</summary>
internal sealed record PagePart(string? Language, string Text);
