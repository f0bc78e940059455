using System.Collections.Immutable;

namespace Migrations.Tests.Corpus;

/// <summary>A foreign key as SQLite reports it, with the parent's key columns named.</summary>
internal sealed record FillableForeignKey(long Id, string Parent, ImmutableArray<string> Columns, ImmutableArray<string> ParentColumns);
