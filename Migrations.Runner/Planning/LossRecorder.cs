using System.Collections.Immutable;
using Migrations.Core.Syntax;
using Migrations.Runner.Preview;
using Migrations.Runner.Processing;

namespace Migrations.Runner.Planning;

/// <summary>Keeps what each migration of a plan loses, and what it changes of the schema. For one plan.</summary>
internal sealed class LossRecorder(TableOrigins origins, TableSizes sizes, Func<SqlIdentifier, bool> isLeftOut)
{
    private readonly List<ImmutableArray<SchemaDifference>> differences = [];
    private PlannedSchema schema = origins.Schema;
    private readonly List<ImmutableArray<(TableName Table, SqlIdentifier? Column)>> dropped = [];
    private readonly Dictionary<int, ImmutableArray<string>> uncounted = [];
    private IReadOnlyDictionary<TableName, FollowedTable> before = origins.Snapshot();

    /// <summary>What the migration with a number loses.</summary>
    public MigrationLosses Of(int migration) => new(
        migration < dropped.Count ? dropped[migration] : [], uncounted.GetValueOrDefault(migration, []));

    /// <summary>What the migration with a number changes of the schema.</summary>
    public ImmutableArray<SchemaDifference> DifferencesOf(int migration) => migration < differences.Count ? differences[migration] : [];

    /// <summary>A statement has run, and did what SQLite says: tells what it does to rows that is not counted.</summary>
    public ImmutableArray<string> Ran(int migration, string statement, IReadOnlySet<ShadowAction> actions)
    {
        HashSet<TableName> gone = [.. actions.Where(action => action.IsDrop).Select(action => action.Table)];
        if (actions.Any(action => action.Code == ShadowAction.Delete && !gone.Contains(action.Table) && HoldsRows(action.Table)))
        {
            string reason = $"{StatementText.Short(statement)}: the rows that it deletes are not counted.";
            Uncounted(migration, reason);
            return [reason];
        }

        // ALTER TABLE looks through rows of its own.
        List<ColumnName> overwritten =
        [
            .. actions.Where(action => action.Code == ShadowAction.Update).Select(action => new ColumnName(action.Table, action.Column))
                .Where(column => HoldsRows(column.Table) && origins.Tables[column.Table].Sources.ContainsKey(column.Column)),
        ];
        return overwritten.Count == 0
            ? []
            : [$"{StatementText.Short(statement)}: overwrites values of {string.Join(", ", overwritten.Select(column => $"{column.Table.Table}.{column.Column}"))}."];
    }

    /// <summary>Something may lose data.</summary>
    public void Uncounted(int migration, string reason) =>
        uncounted[migration] = [.. uncounted.GetValueOrDefault(migration, []), reason];

    /// <summary>So many migrations have ended.</summary>
    public void End(int count)
    {
        while (dropped.Count < count)
        {
            foreach (string choosing in origins.SettleRebuilds())
            {
                Uncounted(dropped.Count, $"{StatementText.Short(choosing)}: the rows that it leaves out are not counted.");
            }

            dropped.Add(LossSearch.Dropped(before, origins.Tables));
            differences.Add(
            [
                .. SchemaDifferences.Of(schema.Without(isLeftOut), origins.Schema.Without(isLeftOut), origins.NameBefore),
            ]);
            origins.BeginMigration();
            before = origins.Snapshot();
            schema = origins.Schema;
        }
    }

    private bool HoldsRows(TableName table) =>
        origins.Tables.TryGetValue(table, out FollowedTable? found)
        && found.Sources.Values.Select(source => source.Table).Distinct().Any(source => sizes.Of(source).Rows > 0);
}
