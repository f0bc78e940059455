using FluentMigrator.Expressions;
using FluentMigrator.Model;
using Migrations.Core.Syntax;

namespace Migrations.Runner.Processing;

/// <summary>
/// What the running migration says, known as a whole before its first expression runs: the runner validates every expression
/// before it executes any. One per runner scope; not safe for concurrent use, as the runner itself is not.
/// </summary>
internal sealed class MigrationScript
{
    private readonly List<IMigrationExpression> expressions = [];
    private readonly Dictionary<IMigrationExpression, int> positions = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyList<IMigrationExpression> Expressions => expressions;

    public void Begin()
    {
        expressions.Clear();
        positions.Clear();
    }

    public void Add(IMigrationExpression expression)
    {
        if (positions.TryAdd(expression, expressions.Count))
        {
            expressions.Add(expression);
        }
    }

    /// <summary>The expression that runs after another one, null at the end and for one that the script does not hold.</summary>
    public IMigrationExpression? Next(IMigrationExpression expression)
    {
        if (!positions.TryGetValue(expression, out int position))
        {
            return null;
        }

        do
        {
            position++;
        }
        while (position < expressions.Count && expressions[position] is AlterTableExpression);
        return position < expressions.Count ? expressions[position] : null;
    }

    /// <summary>Whether a foreign key comes with a column that the script creates, so that it needs no change of its own.</summary>
    public bool IsWrittenInline(ForeignKeyDefinition key) => expressions.Exists(expression => expression switch
    {
        CreateTableExpression table => table.Columns.Any(column => ReferenceEquals(column.ForeignKey, key)),
        CreateColumnExpression { Column: { } column } => ReferenceEquals(column.ForeignKey, key) && InlineForeignKey.IsPossible(column),
        _ => false,
    });

    /// <summary>Whether the script makes a unique index of just this column, as Unique() on a column does.</summary>
    public bool HasUniqueIndex(TableName table, SqlIdentifier column) => expressions.Exists(expression =>
        expression is CreateIndexExpression { Index: { IsUnique: true, Columns: { Count: 1 } columns } index }
        && FluentName.Parse(columns.First().Name) == column
        && TableName.Of(index.SchemaName, index.TableName) == table);
}
