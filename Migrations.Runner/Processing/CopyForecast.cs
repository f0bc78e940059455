using FluentMigrator.Expressions;
using Migrations.Core;
using Migrations.Core.Alteration.Planning;
using Migrations.Core.Authoring;

namespace Migrations.Runner.Processing;

/// <summary>
/// Tells from a migration's expressions alone, before any has run, what it may need. In doubt the answer is yes.
/// </summary>
internal sealed class CopyForecast(MigrationScript script, ChangeTranslator translator, RebuildMode mode)
{
    /// <summary>Whether a table may be copied. A session's later migrations are not known, so it always may.</summary>
    public bool MayCopy(bool isSession)
    {
        if (isSession || (mode == RebuildMode.AlwaysCopy && script.Expressions.Any(IsAlteration)))
        {
            return true;
        }

        TableName? open = null;
        foreach (IMigrationExpression expression in script.Expressions)
        {
            if (MayCopy(expression, open))
            {
                return true;
            }

            if (expression is not AlterTableExpression)
            {
                open = FoldableExpressions.FindTable(expression);
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

    private static bool IsAlteration(IMigrationExpression expression) =>
        FoldableExpressions.FindTable(expression) is not null;

    private bool MayCopy(IMigrationExpression expression, TableName? open) => expression switch
    {
        CreateColumnExpression e => translator.Translate(e).Any(AlterationPlanner.MayCopy),
        CreateForeignKeyExpression e => !script.IsWrittenInline(e.ForeignKey),
        CreateConstraintExpression e => !e.Constraint.IsUniqueConstraint,
        AlterColumnExpression or DeleteColumnExpression or AlterDefaultConstraintExpression or DeleteDefaultConstraintExpression
            or DeleteForeignKeyExpression or DeleteConstraintExpression => true,

        // Part of an alteration where one is open, and then a conversion of every row.
        UpdateDataExpression e => open == TableName.Of(e.SchemaName, e.TableName) && FoldableExpressions.IsWholeTableUpdate(e),
        TableChangeExpression e => AlterationPlanner.MayCopy(e.Change),
        BeginTableBatchExpression or EndTableBatchExpression => true,
        _ => false,
    };
}
