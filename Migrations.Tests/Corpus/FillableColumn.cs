namespace Migrations.Tests.Corpus;

/// <summary>A column that an INSERT can name.</summary>
internal sealed record FillableColumn(string Name, string Type, bool IsNullable);
