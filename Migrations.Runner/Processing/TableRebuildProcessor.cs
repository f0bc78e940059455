using System.Data;
using System.Globalization;
using FluentMigrator.Expressions;
using FluentMigrator.Model;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Generators.SQLite;
using FluentMigrator.Runner.Initialization;
using FluentMigrator.Runner.Processors;
using FluentMigrator.Runner.Processors.SQLite;
using FluentMigrator.Runner.VersionTableInfo;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Migrations.Core.Authoring;
using Migrations.Core.Schema;
using Migrations.Runner.Connections;
using Migrations.Runner.Generation;
using Migrations.Runner.Lookup;
using Migrations.Runner.Preview;
using Migrations.Runner.Transactions;

namespace Migrations.Runner.Processing;

/// <summary>
/// FluentMigrator's SQLite processor, with the table engine behind it: neighbouring changes of one table are carried out as
/// one alteration, in the order of the migration; everything else ends what has been gathered and runs as it is.
/// </summary>
internal sealed partial class TableRebuildProcessor : SQLiteProcessor, ITableChangeProcessor
{
    private readonly TableRebuildOptions options;
    private readonly MigrationScript script;
    private readonly RebuildGenerator generator;
    private readonly ChangeTranslator translator;
    private readonly MigrationTransaction transaction;
    private readonly PendingAlteration pending = new();
    private readonly ShadowDatabase? shadow;
    private readonly Lazy<TableName> versionTable;
    private bool isDisposed;

    public TableRebuildProcessor(
        TableRebuildOptions options,
        MigrationScript script,
        RebuildGenerator generator,
        ILogger<SQLiteProcessor> logger,
        ProcessorOptions processorOptions,
        IConnectionStringAccessor connectionStrings,
        IServiceProvider provider)
        : base(
            new UnpooledDbFactory(provider, options.ConnectionOpened),
            generator,
            logger,
            new ExecutingOptions(processorOptions),
            connectionStrings,
            provider,
            (SQLiteQuoter)generator.Quoter)
    {
        this.options = options;
        this.script = script;
        this.generator = generator;
        translator = new(generator, script, database => SchemaReader.Read(Open(), database));
        transaction = new(Open, Watch, new(script, translator, AllowedStrategies, CanEditSchema), logger);

        // FluentMigrator's own table is none of the migrations' tables.
        versionTable = new(() => VersionTable(provider.GetRequiredService<IVersionTableMetaData>()));
        if (options.Recorder is { } recorder)
        {
            shadow = recorder.Shadow;
        }
        else if (processorOptions.PreviewOnly)
        {
            ShadowSource source = new(connectionStrings.ConnectionString, () => [provider.GetRequiredService<IVersionTableMetaData>()])
            {
                Connection = options.Connection,
            };
            shadow = new(source, options.ConnectionOpened, logger);
        }
        else if (options.Connection is not null)
        {
            Connection = options.Connection;
        }
    }

    public override void Process(CreateTableExpression expression)
    {
        base.Process(WithoutDoubledKeys(expression));
        translator.NoteCreated(expression);
    }

    public override void Process(DeleteTableExpression expression)
    {
        FinishPending();
        Begin();
        if (transaction.EnforcesForeignKeys)
        {
            Watched(() =>
            {
                ReferencingRows.Check(Open(), TableName.Of(expression.SchemaName, expression.TableName));
                return true;
            });
        }

        base.Process(expression);
    }

    public override void Process(PerformDBOperationExpression expression)
    {
        FinishPending();
        string description = string.IsNullOrEmpty(expression.Description)
            ? "Performing DB Operation"
            : $"Performing DB Operation: {expression.Description}";
        Logger.LogSay(description);
        if (shadow is not null)
        {
            Logger.LogSay("This code is not run in a preview; what comes after it is previewed as if it changed nothing.");
            options.Recorder?.NotRun(expression);
            return;
        }

        Begin();
        Run(description, () => expression.Operation?.Invoke(Open(), Transaction));
    }

    public override void Execute(string sql) => Process(sql);

    public override void Execute(string template, params object[] args) => Process(Format(template, args));

    public override bool Exists(string template, params object[] args)
    {
        PrepareRead();
        return Watched(() =>
        {
            using IDbCommand command = CreateCommand(Format(template, args));
            using IDataReader reader = command.ExecuteReader();
            return reader.Read()
                && long.TryParse(Convert.ToString(reader[0], CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out long count)
                && count > 0;
        });
    }

    public override DataSet Read(string template, params object[] args)
    {
        PrepareRead();
        return Watched(() => base.Read("{0}", Format(template, args)));
    }

    /// <summary>Carries out what has been gathered.</summary>
    public void FinishPending() => CarryOutPending();

    /// <summary>Forgets what has been gathered, because the migration has failed.</summary>
    public void DiscardPending() => pending.Discard();

    protected override void Process(string sql) => Process(sql, check: null);

    protected override void EnsureConnectionIsOpen()
    {
        if (shadow is not null)
        {
            Connection = shadow.Open();
            return;
        }

        base.EnsureConnectionIsOpen();
    }

    protected override IDbCommand CreateCommand(string commandText)
    {
        EnsureConnectionIsOpen();
        return base.CreateCommand(commandText);
    }

    protected override void Dispose(bool isDisposing)
    {
        if (!isDisposing || isDisposed)
        {
            return;
        }

        isDisposed = true;
        RollbackTransaction();
        if (shadow is not null)
        {
            if (options.Recorder is null)
            {
                shadow.Dispose();
            }
        }
        else if (options.Connection is null)
        {
            base.Dispose(isDisposing);
        }
    }

    private static string Format(string template, object[] args) =>
        args is { Length: > 0 } ? string.Format(CultureInfo.InvariantCulture, template, args) : template;

    private static TableName VersionTable(IVersionTableMetaData table) => TableName.Of(table.SchemaName, table.TableName);

    private SqliteConnection Open()
    {
        EnsureConnectionIsOpen();
        return (SqliteConnection)Connection;
    }

    private void Process(string sql, Action? check)
    {
        if (string.IsNullOrWhiteSpace(sql))
        {
            return;
        }

        FinishPending();
        if (transaction.IsOpen)
        {
            IgnoredPragma.Refuse(sql);
        }

        Begin();
        Run(sql, () => RunSql(sql, check));
    }

    private void RunSql(string sql, Action? check = null)
    {
        try
        {
            // What it reads is none of what a recorder is told of: that begins with the run.
            check?.Invoke();
            if (options.Recorder is { } recorder)
            {
                recorder.Run(sql, statement => base.Process(statement));
            }
            else
            {
                base.Process(sql);
            }
        }
        catch (Exception exception) when (shadow is not null && !shadow.Explains(exception))
        {
            // It may depend on rows, or on code, that a preview does not have; the rest of the preview is still worth showing.
            LogMessages.FailedInPreview(Logger, exception.GetBaseException().Message);
            options.Recorder?.Failed(sql, exception.GetBaseException());
        }
    }

    private void PrepareRead()
    {
        FinishPending();
        transaction.NoteRead();
    }

    // A column's Unique() is written twice by FluentMigrator, on the column and as an index.
    private CreateTableExpression WithoutDoubledKeys(CreateTableExpression expression)
    {
        TableName table = TableName.Of(expression.SchemaName, expression.TableName);
        CreateTableExpression copy = new()
        {
            SchemaName = expression.SchemaName,
            TableName = expression.TableName,
            TableDescription = expression.TableDescription,
        };
        foreach (ColumnDefinition column in expression.Columns)
        {
            ColumnDefinition own = ColumnCopy.Of(column);
            own.IsUnique = column.IsUnique && !script.HasUniqueIndex(table, FluentName.Parse(column.Name));
            if (own is { IsIdentity: true, IsPrimaryKey: false })
            {
                LogMessages.IdentityIgnored(Logger, own.Name, expression.TableName);
            }

            copy.Columns.Add(own);
        }

        return copy;
    }
}
