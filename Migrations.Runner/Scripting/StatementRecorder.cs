using System.Collections.Immutable;
using System.Globalization;
using FluentMigrator.Expressions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Alteration.Planning;
using Migrations.Core.Authoring;
using Migrations.Core.Changes;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;
using Migrations.Runner.History;
using Migrations.Runner.Planning;
using Migrations.Runner.Preview;
using Migrations.Runner.Processing;
using Migrations.Runner.Upgrade;
using SQLitePCL;

namespace Migrations.Runner.Scripting;

/// <summary>
/// Keeps what the migrations do to the copy of the schema as statements that are right for any rows: every alteration is a copy of its table, since
/// what the cheaper ways do depends on what is found, and the questions that are asked of rows are asked by the script. For one script.
/// </summary>
internal sealed class StatementRecorder(ShadowDatabase shadow, MigrationObserver observer, MigratorSettings settings, MigrationModule module) : IMigrationRecorder
{
    private readonly TableOrigins origins = new(shadow, VersionHistory.TablesOf(settings.Modules).Contains);
    private readonly List<ScriptUnit> units = [];
    private readonly List<ScriptStatement> preamble = [];
    private readonly HashSet<SqlIdentifier> alteredTables = [];
    private readonly bool isEnforcing = shadow.Open().ReadInteger("PRAGMA foreign_keys") != 0;
    private int unitsBegun;
    private int suspensions;
    private bool areBooks;

    public ShadowDatabase Shadow => shadow;

    public Strategies? Strategies => Core.Alteration.Planning.Strategies.Copy;

    /// <summary>What was recorded, in the order of running.</summary>
    public IReadOnlyList<ScriptUnit> Units => units;

    /// <summary>The tables of the schema at the beginning that are altered.</summary>
    public IReadOnlySet<SqlIdentifier> AlteredTables => alteredTables;

    /// <summary>Why there can be no script; null where there can.</summary>
    public ScriptRefusedException? Refusal { get; private set; }

    public void AddTo(IServiceCollection services) => services.AddScripting(this, settings, module);

    /// <summary>Whether the running migration's upgrade would, or might, copy a table.</summary>
    public Func<bool> MayCopyInUpgrade { get; set; } = () => true;

    /// <summary>Whether the connection holds foreign keys, where no migration has it otherwise.</summary>
    public bool IsEnforcing => isEnforcing;

    /// <summary>Nothing more comes.</summary>
    public void End() => EndUnit();

    /// <summary>Keeps nothing of what an action does.</summary>
    public void WithoutRecording(Action action)
    {
        suspensions++;
        try
        {
            action();
        }
        finally
        {
            suspensions--;
        }
    }

    /// <summary>Keeps what an action does as the keeping of the history.</summary>
    public void AsBooks(Action action)
    {
        areBooks = true;
        try
        {
            action();
        }
        finally
        {
            areBooks = false;
        }
    }

    /// <summary>Adds a statement that keeps the history.</summary>
    public void AddBooks(params IEnumerable<ScriptStatement> statements) => AsBooks(() => Add(statements));

    public void Run(string sql, Action<string> process)
    {
        if (suspensions > 0)
        {
            process(sql);
            return;
        }

        if (ShellSql.HasBatches(sql))
        {
            throw Refuse("It has SQL in batches, with GO in a line of its own. Separate statements by semicolons.");
        }

        foreach (string statement in ShellSql.Split(sql))
        {
            Add([new(statement)]);
            process(statement);
            origins.Update();
        }
    }

    public void Altering()
    {
        if (suspensions == 0)
        {
            origins.Update();
            Unit();
        }
    }

    public void Altered(AlterationResult result, IReadOnlyList<TableChange> changes)
    {
        if (suspensions > 0)
        {
            return;
        }

        TableName table = new(result.Database, result.Table);
        if (table.Database != "main")
        {
            throw Refuse($"It alters table {table.Table} of database {table.Database}, and a script is for one file. Alter it in a migration that is left out of the script.");
        }

        if (origins.Of(table) is { } origin)
        {
            alteredTables.Add(origin.Table);
        }

        origins.Altered(table, changes);
        if (result.Passes.FirstOrDefault(pass => !pass.Functions.IsEmpty) is { } converting)
        {
            throw Refuse($"It converts values of {string.Join(", ", converting.Functions.Select(function => $"{result.Table}.{function.Column.Name}").Distinct())} by code in C#.");
        }

        ScriptUnit unit = Unit();
        unit.HasAlterations = true;
        List<ScriptStatement> statements = [.. result.Passes.SelectMany(pass => Statements(pass, unit))];
        if (unit.IsInTransaction)
        {
            unit.Add(statements);
        }
        else
        {
            unit.Add([new("PRAGMA foreign_keys=OFF"), new("BEGIN IMMEDIATE"), .. statements, new("COMMIT"), new($"PRAGMA foreign_keys={(isEnforcing ? "ON" : "OFF")}")]);
        }
    }

    public void NotRun(PerformDBOperationExpression operation)
    {
        if (operation.Operation?.Target is RefuseRowsExpression { Find: null } refusal)
        {
            // Validated before: a query and a reason are there.
            Unit().Add(ScriptGuard.RefuseRows(ShellSql.Split(refusal.Query!).Single(), $"{refusal.TableName}: {refusal.Reason}"));
            return;
        }

        throw Refuse($"It runs code: {(string.IsNullOrEmpty(operation.Description) ? "Execute.WithConnection" : operation.Description)}.");
    }

    public void Failed(string statement, Exception exception)
    {
        // Rows that are not there may be why; the statement is the migration's own, and stays.
        if (exception is not SqliteException { SqliteErrorCode: raw.SQLITE_CONSTRAINT })
        {
            throw Refuse($"It fails on a copy of the schema: {exception.Message} ({statement})");
        }
    }

    public void NotTried(string statement, Exception exception) =>
        throw Refuse($"It reaches outside of the database, or to something that is not there: {exception.Message} ({statement})");

    private static IEnumerable<ScriptStatement> Statements(PlannedPass pass, ScriptUnit unit)
    {
        unit.ForeignKeyTables.UnionWith(pass.ForeignKeyTables);
        string table = $"{new SqlIdentifier(pass.Plan.Database).Quoted}.{new SqlIdentifier(pass.Plan.Table).Quoted}";
        foreach (Preflight preflight in pass.Preflights)
        {
            foreach (ScriptStatement statement in ScriptGuard.RefuseRows(preflight.Sql, $"Table {pass.Plan.Table}: {preflight.Problem}. {preflight.WayOut}"))
            {
                yield return statement;
            }
        }

        foreach (AlterationStep step in pass.Plan.Steps)
        {
            yield return new(step.Sql, $"{step.Purpose} ({step.Rule})");
            if (step.Kind == AlterationStepKind.Copy && pass.NewName is { } copy)
            {
                foreach (ScriptStatement statement in ScriptGuard.RefuseRows(
                    $"SELECT 1 WHERE (SELECT count(*) FROM {table}) <> (SELECT count(*) FROM {new SqlIdentifier(pass.Plan.Database).Quoted}.{copy.Quoted})",
                    $"Table {pass.Plan.Table}: not all rows were copied. The database may be damaged: PRAGMA integrity_check tells more."))
                {
                    yield return statement;
                }
            }
        }

        if (unit.IsInTransaction)
        {
            foreach (ScriptStatement statement in ForeignKeyScript.Rename(pass.Plan.Table, pass.Table))
            {
                unit.ForeignKeyTables.UnionWith([pass.Plan.Table, pass.Table]);
                yield return statement;
            }
        }
    }

    private void Add(IEnumerable<ScriptStatement> statements)
    {
        if (areBooks && observer.Current is null)
        {
            if (units.Count == 0)
            {
                preamble.AddRange(statements);
            }
            else
            {
                units[^1].Add(statements);
            }

            return;
        }

        ScriptUnit unit = Unit();
        unit.HasStatements |= !areBooks;
        if (!areBooks && unit.UpgradeEnforces)
        {
            unit.Acting ??= statements.FirstOrDefault(statement => ForeignKeyActions.Fire(shadow.Open(), statement.Sql))?.Sql;
        }

        if (areBooks && !unit.IsInTransaction)
        {
            unit.Add([new("BEGIN IMMEDIATE"), .. statements, new("COMMIT")]);
        }
        else
        {
            unit.Add(statements);
        }
    }

    /// <summary>The running migration's.</summary>
    private ScriptUnit Unit()
    {
        if (units.Count > 0 && units[^1].Migration == observer.Current && unitsBegun == observer.Done.Count)
        {
            return units[^1];
        }

        EndUnit();
        unitsBegun = observer.Done.Count;
        bool isInTransaction = observer.Current is null || observer.IsInTransaction;
        ScriptUnit unit = new(observer.Current, observer.IsUp, isInTransaction, isEnforcing && !(isInTransaction && MayCopyInUpgrade()))
        {
            ChildrenBefore = Children(),
        };
        unit.Add(preamble);
        preamble.Clear();
        units.Add(unit);
        return unit;
    }

    private void EndUnit()
    {
        if (units.Count == 0)
        {
            return;
        }

        units[^1].ChildrenAfter = Children();
        if (units[^1] is { HasAlterations: true, IsInTransaction: true, UpgradeEnforces: true, Acting: { } acting } unit)
        {
            throw Refuse(
                unit.Migration,
                $"In an upgrade its foreign keys change other rows when this runs, and a script can't hold them while it copies a table: {acting}. Put that into a migration of its own.");
        }
    }

    /// <summary>The tables with foreign keys that can be checked: a mismatch is one of the schema and none of its rows.</summary>
    private ImmutableArray<SqlIdentifier> Children()
    {
        SqliteConnection connection = shadow.Open();
        return
        [
            .. connection.ReadRows(
                "SELECT name FROM main.sqlite_schema AS t WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' "
                + "AND EXISTS (SELECT 1 FROM pragma_foreign_key_list(t.name, 'main')) ORDER BY rowid")
                .Select(row => new SqlIdentifier((string)row[0]!)) // Every table has a name.
                .Where(CanBeChecked),
        ];

        bool CanBeChecked(SqlIdentifier table)
        {
            try
            {
                connection.ReadRows($"PRAGMA main.foreign_key_check({table.Quoted})");
                return true;
            }
            catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_ERROR)
            {
                return false;
            }
        }
    }

    private ScriptRefusedException Refuse(string reason) => Refuse(observer.Current, reason);

    private ScriptRefusedException Refuse(MigrationIdentity? migration, string reason) => Refusal ??= new(string.Create(
        CultureInfo.InvariantCulture,
        $"There can be no script with migration {migration}: {reason.TrimEnd()} Upgrade with the library, or make scripts up to the version before it and from this one on (--from, --to)."));
}
