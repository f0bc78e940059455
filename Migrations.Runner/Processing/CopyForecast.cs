using FluentMigrator.Expressions;
using Migrations.Core;
using Migrations.Core.Alteration.Execution;
using Migrations.Core.Alteration.Planning;
using Migrations.Core.Authoring;
using Migrations.Core.Changes;
using Migrations.Core.Syntax;

namespace Migrations.Runner.Processing;

/// <summary>
/// Tells from a migration's expressions and what the connection can do, before any expression has run, what the migration may need. In
/// doubt the answer is yes.
/// </summary>
internal sealed class CopyForecast(
    MigrationScript script, ChangeTranslator translator, Func<RebuildMode?, Strategies> allowed, Func<SqlIdentifier, bool> canEditSchema)
{
    /// <summary>Whether a table may be copied. A session's later migrations are not known, so it always may.</summary>
    public bool MayCopy(bool isSession)
    {
        if (isSession)
        {
            return true;
        }

        TableName? open = null;
        BatchOptions? batch = null;
        Dictionary<TableName, List<TableChange>> known = [];
        foreach (IMigrationExpression expression in script.Expressions)
        {
            if (expression is BeginTableBatchExpression or EndTableBatchExpression)
            {
                batch = (expression as BeginTableBatchExpression)?.Options;
                open = null;
                continue;
            }

            // Part of an alteration where one is open, and then a conversion of every row.
            if (expression is UpdateDataExpression update
                && open == TableName.Of(update.SchemaName, update.TableName) && FoldableExpressions.IsWholeTableUpdate(update))
            {
                return true;
            }

            TableName? table = FoldableExpressions.FindTable(expression);
            if (table is { } altered)
            {
                List<TableChange> changes = known.TryGetValue(altered, out List<TableChange>? before) ? before : known[altered] = [];
                if (FindChanges(expression, batch is not null) is not { } found)
                {
                    return true;
                }

                // Which of them will share an alteration does not matter: together they need no less than apart.
                changes.AddRange(found);
                if (AlterationPlanner.MayCopy(changes, allowed(batch?.Mode), CapabilitiesFor(altered.Database)))
                {
                    return true;
                }
            }

            if (expression is not AlterTableExpression)
            {
                open = table;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether rows may be left without parents, or be so only for a while: by anything but alterations, which check themselves,
    /// and by alterations of several tables, of which the first may only be right with the last.
    /// </summary>
    public bool MayViolate(bool isSession) =>
        isSession
        || script.Expressions.Any(expression =>
            expression is not (CreateTableExpression or AlterTableExpression) && FoldableExpressions.FindTable(expression) is null)
        || AltersSeveralTables;

    /// <summary>Whether alterations of more than one table are known.</summary>
    public bool AltersSeveralTables =>
        script.Expressions.Select(FoldableExpressions.FindTable).OfType<TableName>().Distinct().Skip(1).Any();

    /// <summary>Whether rows that are there are held to a foreign key that is new to them.</summary>
    public bool AddsForeignKeys => script.Expressions.Any(expression => expression switch
    {
        CreateForeignKeyExpression e => !script.IsWrittenInline(e.ForeignKey),
        TableChangeExpression { Change: AddForeignKey } => true,
        _ => false,
    });

    private Capabilities CapabilitiesFor(SqlIdentifier database) =>
        new(SqliteVersion.Current, canEditSchema(database), SqliteVersion.TrimsNulls, CompilesWhole: false);

    /// <summary>The changes that an expression means, null where only the schema can say.</summary>
    private IReadOnlyList<TableChange>? FindChanges(IMigrationExpression expression, bool isInBatch) => expression switch
    {
        CreateColumnExpression e => translator.Translate(e),
        RenameColumnExpression e => ChangeTranslator.Translate(e),
        AlterDefaultConstraintExpression e => translator.Translate(e),
        DeleteDefaultConstraintExpression e => ChangeTranslator.Translate(e),
        CreateForeignKeyExpression e when script.IsWrittenInline(e.ForeignKey) => [],
        CreateForeignKeyExpression e when InlineForeignKey.IsWithinDatabase(e.ForeignKey) => translator.Translate(e),

        // Which key it is does not matter here.
        DeleteForeignKeyExpression => [new DropForeignKey(Name: null, [])],
        CreateConstraintExpression e when e.Constraint.IsUniqueConstraint && !isInBatch => [],
        CreateIndexExpression or RenameTableExpression => [],

        // It may be the index of a constraint.
        DeleteIndexExpression e => translator.Translate(e),
        TableChangeExpression e => [e.Change],
        _ => null,
    };
}
