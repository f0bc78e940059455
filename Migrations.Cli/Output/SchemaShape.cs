namespace Migrations.Cli.Output;

/// <summary>The schema that the migrations make.</summary>
/// <param name="Text">The SQL, or the diagram.</param>
/// <param name="File">The file that it was compared with; null where it was with none.</param>
/// <param name="IsSame">Whether that is the same; null where it was compared with none.</param>
internal sealed record SchemaShape(string Text, string? File, bool? IsSame);
