using FluentMigrator.Expressions;
using FluentMigrator.Runner;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Alteration.Execution;
using Migrations.Core.Alteration.Planning;
using Migrations.Core.Authoring;
using Migrations.Core.Changes;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;
using Migrations.Runner.Lookup;
using SQLitePCL;

namespace Migrations.Runner.Processing;

internal sealed partial class TableRebuildProcessor
{
    // Carries a description, which SQLite has no place for, and stands before each group of changes.
    public override void Process(AlterTableExpression expression)
    {
    }

    public override void Process(CreateColumnExpression expression) => Gather(expression, () => translator.Translate(expression));

    public override void Process(AlterColumnExpression expression) => Gather(expression, () => translator.Translate(expression));

    public override void Process(DeleteColumnExpression expression) => Gather(expression, () => ChangeTranslator.Translate(expression));

    public override void Process(RenameColumnExpression expression) => Gather(expression, () => ChangeTranslator.Translate(expression));

    public override void Process(AlterDefaultConstraintExpression expression) => Gather(expression, () => translator.Translate(expression));

    public override void Process(DeleteDefaultConstraintExpression expression) => Gather(expression, () => ChangeTranslator.Translate(expression));

    public override void Process(CreateForeignKeyExpression expression) => Gather(expression, () => translator.Translate(expression));

    public override void Process(DeleteForeignKeyExpression expression) => Gather(expression, () => translator.Translate(expression));

    // Outside of a batch a unique constraint is what FluentMigrator makes of it on SQLite, a unique index.
    public override void Process(CreateConstraintExpression expression) =>
        Gather(expression, () => translator.Translate(expression, uniqueAsIndex: !pending.IsInBatch));

    public override void Process(DeleteConstraintExpression expression) => Gather(expression, () => translator.Translate(expression));

    public override void Process(CreateIndexExpression expression) => Gather(expression, () => translator.Translate(expression));

    public override void Process(DeleteIndexExpression expression)
    {
        if (FoldableExpressions.FindTable(expression) is null)
        {
            base.Process(expression);
            return;
        }

        Gather(expression, () => translator.Translate(expression));
    }

    public override void Process(RenameTableExpression expression)
    {
        TableName table = TableName.Of(expression.SchemaName, expression.OldName);
        SqlIdentifier newName = FluentName.Parse(expression.NewName);
        Gather(expression, table, () => [new RenameTable(newName)]);
        FinishPending();
        transaction.NoteRename(table, newName);
    }

    void ITableChangeProcessor.Process(TableChangeExpression expression) =>
        Gather(expression, () => [expression.Change]);

    void ITableChangeProcessor.Process(BeginTableBatchExpression expression)
    {
        FinishPending();
        pending.IsInBatch = true;
        pending.Mode = expression.Options.Mode;
    }

    void ITableChangeProcessor.Process(EndTableBatchExpression expression)
    {
        FinishPending();
        pending.Discard();
    }

    private Strategies AllowedStrategies(RebuildMode? ofBatch) =>
        new AlterationOptions { Mode = ofBatch ?? options.Mode, Strategies = options.Strategies }.AllowedStrategies;

    /// <summary>Whether the running migration may copy a table, with other strategies than those of this processor.</summary>
    public bool MayCopy(RebuildMode mode, Strategies? strategies) => new CopyForecast(
        script,
        translator,
        ofBatch => new AlterationOptions { Mode = ofBatch ?? mode, Strategies = strategies }.AllowedStrategies,
        CanEditSchema).MayCopy(isSession: false);

    /// <summary>A preview plans for the database that it is a preview of.</summary>
    private bool CanEditSchema(SqlIdentifier database) =>
        shadow?.CanEditSchema(database) ?? SchemaWrites.ArePossible(Open(), database);

    private void Gather(IMigrationExpression expression, Func<IReadOnlyList<TableChange>> translate) =>
        Gather(expression, FoldableExpressions.FindTable(expression)!.Value, translate);

    private void Gather(IMigrationExpression expression, TableName table, Func<IReadOnlyList<TableChange>> translate)
    {
        if (pending.Table is { } open && open != table)
        {
            FinishPending();
        }

        // What the database says now must still be so when the changes run.
        Begin();
        pending.Add(table, translate());

        // At its own last expression, so that time, log and error belong to the run and not to what comes after it.
        if (!pending.IsInBatch && !Continues(expression, table))
        {
            FinishPending();
        }
    }

    private bool Continues(IMigrationExpression expression, TableName table) => script.Next(expression) switch
    {
        null => false,
        UpdateDataExpression update => TableName.Of(update.SchemaName, update.TableName) == table && Joins(update),
        BeginTableBatchExpression or EndTableBatchExpression => false,
        IMigrationExpression next => FoldableExpressions.FindTable(next) == table,
    };

    private void CarryOutPending()
    {
        if (pending.Table is not { } table || pending.Changes.Count == 0)
        {
            return;
        }

        bool altersTable = pending.AltersTable;
        Begin();
        AlterationOptions asked = new()
        {
            Database = table.Database.Name,
            Mode = pending.Mode ?? options.Mode,
            Strategies = options.Strategies,
            CanEditSchema = shadow?.CanEditSchema(table.Database),
            ChecksForeignKeys = !transaction.ChecksForeignKeys,
            CancellationToken = options.CancellationToken,
            Progress = versionTable.Value.Equals(table) ? null : options.Progress,
            ReportInterval = options.ReportInterval,
        };
        List<TableChange> changes = pending.TakeChanges();
        if (altersTable)
        {
            RunUnwatched($"alteration of {table.Table}", () => Alter(table, changes, asked));
        }
        else
        {
            changes.ForEach(change => RunIndexChange(table, change));
        }
    }

    private void Alter(TableName table, List<TableChange> changes, AlterationOptions asked)
    {
        options.Recorder?.Altering();
        AlterationResult result = TableAlterer.Alter(Open(), table.Table, changes, asked);
        foreach (AlterationPlan plan in result.Plans)
        {
            Logger.LogSql(plan.ToString());
        }

        options.Recorder?.Altered(result, changes);
        if (!versionTable.Value.Equals(table))
        {
            options.Altered?.Invoke(result);
        }
    }

    private void RunIndexChange(TableName table, TableChange change)
    {
        switch (change)
        {
            case AddIndex add:
                // What Alter says inside a batch names no database, and SQLite would take main's table of that name.
                string create = table.Database == "main" ? add.Sql : IndexSteps.Text(table.Database, add.Sql);
                Run(create, () => CreateIndex(table, add, create));
                break;
            case DropIndex drop:
                string sql = $"DROP INDEX {table.Database.Quoted}.{drop.Index.Quoted}";
                Run(sql, () => RunSql(sql + ";"));
                break;
            default:
                throw new InvalidOperationException($"{change} is no change of an index.");
        }
    }

    private void CreateIndex(TableName table, AddIndex add, string sql)
    {
        try
        {
            // It fires no trigger, so that its own text is all that is compiled without such strings.
            using DoubleQuotedStrings none = DoubleQuotedStrings.Refuse(Open());
            RunSql(sql + ";", () =>
            {
                CreateIndexSyntax index = CreateIndexReader.Read(sql);
                new NamedColumns(Open(), index.SchemaName?.Identifier, table.Table).RequireStored(index.ColumnNames);
            });
        }
        catch (Exception exception) when (OwnError(exception) is SqliteException { SqliteErrorCode: raw.SQLITE_CONSTRAINT } refusal)
        {
            RefusedIndex.Explain(Open(), table.Database, table.Table, add, refusal);
            throw;
        }
    }
}
