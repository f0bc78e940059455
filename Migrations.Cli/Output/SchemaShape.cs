using System.Collections.Immutable;

namespace Migrations.Cli.Output;

/// <summary>The schema that the migrations make.</summary>
/// <param name="Text">The SQL, or the diagram.</param>
/// <param name="File">The file that it was compared with (--check) or written to (--output).</param>
/// <param name="IsSame">Whether the file held that already.</param>
/// <param name="Difference">The lines that differ, some others around them: "- " before those of the file only, "+ " before those of the migrations only.</param>
internal sealed record SchemaShape(string Text, string? File, bool? IsSame, ImmutableArray<string> Difference);
