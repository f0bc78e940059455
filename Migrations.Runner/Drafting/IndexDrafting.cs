using System.Collections.Immutable;
using Migrations.Core.Alteration.Planning;
using Migrations.Core.Schema;
using Migrations.Core.Schema.Comparison;
using Migrations.Core.Syntax;
using Migrations.Runner.Drafting.Operations;
using Migrations.Runner.Drafting.Tables;

namespace Migrations.Runner.Drafting;

/// <summary>Drafts the indexes that go and come: also those of a column that is made anew.</summary>
internal sealed class IndexDrafting
{
    private readonly DatabaseSchema from;
    private readonly DatabaseSchema to;
    private readonly ImmutableArray<IndexSchema> staying;

    public IndexDrafting(DatabaseSchema from, DatabaseSchema to, ImmutableArray<DraftedTable> altered)
    {
        (this.from, this.to) = (from, to);
        staying =
        [
            .. from.Indexes.Where(index => to.FindIndex(index.Name) is { } wanted
                && new IndexMeaning(wanted, to).Means(new IndexMeaning(index, from))
                && !UsesDropped(index, altered)),
        ];
    }

    /// <summary>The indexes of tables that stay; the others go with their table.</summary>
    public IEnumerable<DeleteIndex> Drops() => from.Indexes
        .Where(index => !staying.Contains(index) && to.FindTable(index.Table) is not null)
        .Select(index => new DeleteIndex(index.Name, index.Table));

    public IEnumerable<CreateIndex> Creations() => to.Indexes
        .Where(index => !staying.Any(other => other.Name == index.Name))
        .Select(index => new CreateIndex(index, to.FindTable(index.Table)));

    /// <summary>Whether a unique index of a table comes or goes: it may be the key that a foreign key refers to.</summary>
    public bool AddsUnique(SqlIdentifier table) => Creations().Any(creation => creation.Index.IsUnique && creation.Index.Table == table);

    public bool DropsUnique(SqlIdentifier table) =>
        from.Indexes.Any(index => index.IsUnique && index.Table == table && !staying.Contains(index));

    private static bool UsesDropped(IndexSchema index, ImmutableArray<DraftedTable> altered) =>
        altered.Any(table => table.From.Name == index.Table && table.Dropped.Any(column => ChangeApplication.Uses(index, column)));
}
