using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Alteration.Execution;
using Migrations.Core.Schema;
using Migrations.Core.Schema.Comparison;
using Migrations.Runner.Connections;
using Migrations.Runner.Files;
using Migrations.Runner.History;
using Migrations.Runner.Status;
using Migrations.Runner.Upgrade;
using SQLitePCL;

namespace Migrations.Runner.Verification;

/// <summary>
/// Looks for everything that could be wrong with a database: its pages and rows, its foreign keys, its views and triggers, its history of
/// migrations, and its schema. Takes no lock and writes nothing; all is read in one transaction, as it was at one moment.
/// </summary>
internal sealed class VerificationRun(MigratorSettings settings, DatabaseFile file, CancellationToken cancellationToken)
{
    private const int MostOfAKind = 100;

    private readonly ImmutableArray<Finding>.Builder findings = ImmutableArray.CreateBuilder<Finding>();

    /// <summary>Looks for all of it.</summary>
    /// <exception cref="DatabaseUnusableException">The database can't be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public VerificationResult Run()
    {
        DatabaseStatus status = new StatusReader(settings, file).Read();
        if (status.Problem is { } problem)
        {
            throw new DatabaseUnusableException(problem, status.Database, status.Message, status.Error);
        }

        AddHistory(status);
        if (!file.Exists)
        {
            return new(status, findings.ToImmutable(), null);
        }

        (SqliteConnection? fresh, string? notCompared) = Fresh(status);
        using (fresh)
        {
            try
            {
                file.Read(connection =>
                {
                    using CancellationTokenRegistration registration = cancellationToken.Register(() => raw.sqlite3_interrupt(connection.Handle));
                    connection.Execute("PRAGMA query_only=ON");
                    connection.Execute("BEGIN");
                    Look(connection, fresh);
                    return true;
                });
            }
            catch (SqliteException e)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw FileDiagnosis.Explain(file, e);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        return new(status, findings.ToImmutable(), notCompared);
    }

    private void AddHistory(DatabaseStatus status)
    {
        if (status.State is DatabaseState.Unversioned or DatabaseState.OtherApplication)
        {
            Add(FindingKind.History, status.Message);
        }

        foreach (ModuleStatus module in status.Modules)
        {
            if (module.IsMissing)
            {
                Add(FindingKind.History, $"module {module.Module} is applied, and the application does not have it");
                continue;
            }

            AddAll(FindingKind.History, module.Unknown.Select(migration => $"migration {migration} is applied, and the application does not know it"));
            AddAll(FindingKind.History, module.Edited.Select(migration => $"migration {migration} means something else now than when it was applied"));
            AddAll(FindingKind.History, module.OutOfOrder.Select(migration => string.Create(
                CultureInfo.InvariantCulture, $"migration {migration} is not applied, and {module.NewestApplied} after it is")));
        }
    }

    // Where the history is another one, its schema is as well, and differences would say nothing.
    private (SqliteConnection? Fresh, string? NotCompared) Fresh(DatabaseStatus status)
    {
        if (findings.Any(finding => finding.Kind == FindingKind.History && !finding.Text.EndsWith("when it was applied", StringComparison.Ordinal)))
        {
            return (null, "the history of migrations is not that of the application");
        }

        Dictionary<string, long> versions = status.Modules.ToDictionary(module => module.Module, module => module.NewestApplied, StringComparer.OrdinalIgnoreCase);
        try
        {
            return (FreshDatabase.Build(settings, module => versions.GetValueOrDefault(module), cancellationToken), null);
        }
        catch (UpgradeFailedException e)
        {
            return (null, e.Message);
        }
    }

    private void Look(SqliteConnection connection, SqliteConnection? fresh)
    {
        AddAll(FindingKind.Damage, Ask(connection, "PRAGMA main.integrity_check", row => (string)row[0]!).Where(line => line != "ok")); // Never NULL.
        AddAll(FindingKind.ForeignKey, Ask(connection, "PRAGMA main.foreign_key_check", row => string.Create(
            CultureInfo.InvariantCulture,
            $"table \"{row[0]}\"{(row[1] is null ? "" : string.Create(CultureInfo.InvariantCulture, $", row {row[1]}"))}: no such row in \"{row[2]}\"")));
        try
        {
            DatabaseSchema schema = SchemaReader.Read(connection, "main");
            AlterationSession session = new(connection, "main", new AlterationOptions { CancellationToken = cancellationToken });
            AddAll(FindingKind.Compilation, SchemaCompilation.Read(session, schema).Errors);
            if (fresh is not null)
            {
                AddAll(
                    FindingKind.Drift,
                    SchemaComparison.Compare(fresh, connection, VersionHistory.TablesOf(settings.Modules).Contains).Select(difference => difference.ToString()));
            }
        }
        catch (MigrationsException e)
        {
            Add(FindingKind.Drift, e.Message);
        }
    }

    // A function or a collation that only the application knows stops a check, which is worth knowing and no reason to leave out the others.
    private static IEnumerable<string> Ask(SqliteConnection connection, string pragma, Func<object?[], string> describe)
    {
        try
        {
            return connection.ReadRows(pragma).Select(describe);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            return [$"{pragma} can't be carried out: {e.Message}"];
        }
    }

    private void AddAll(FindingKind kind, IEnumerable<string> texts)
    {
        List<string> all = [.. texts];
        foreach (string text in all.Take(MostOfAKind))
        {
            Add(kind, text);
        }

        if (all.Count > MostOfAKind)
        {
            Add(kind, string.Create(CultureInfo.InvariantCulture, $"and {all.Count - MostOfAKind} more"));
        }
    }

    private void Add(FindingKind kind, string text) => findings.Add(new(kind, text));
}
