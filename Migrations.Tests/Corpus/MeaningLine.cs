using System.Collections.Immutable;

namespace Migrations.Tests.Corpus;

/// <summary>A column, foreign key or index in words, and the columns that it is made of.</summary>
internal sealed record MeaningLine(string Text, ImmutableArray<string> Columns);
