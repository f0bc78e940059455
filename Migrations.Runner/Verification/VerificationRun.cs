using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Alteration.Execution;
using Migrations.Core.Schema;
using Migrations.Core.Schema.Comparison;
using Migrations.Core.Schema.Script;
using Migrations.Runner.Connections;
using Migrations.Runner.Files;
using Migrations.Runner.History;
using Migrations.Runner.Status;
using Migrations.Runner.Upgrade;
using SQLitePCL;

namespace Migrations.Runner.Verification;

/// <summary>
/// Looks for everything that could be wrong with a database: its pages and rows, its foreign keys, its views and triggers, its history of
/// migrations, and its schema. Takes no lock but SQLite's own shared one and writes nothing; all is read in one transaction, as it was at
/// one moment. What stops one check is a finding, and the others go on.
/// </summary>
internal sealed class VerificationRun(MigratorSettings settings, DatabaseFile file, CancellationToken cancellationToken)
{
    private const string OtherHistory = "the history of migrations is not that of the application";

    private readonly FindingList findings = new();
    private ImmutableArray<string> differences = [];
    private string? notCompared;

    /// <summary>Looks for all of it.</summary>
    /// <exception cref="DatabaseUnusableException">The database can't be read, for another reason than damage.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public VerificationResult Run()
    {
        DatabaseStatus status = new StatusReader(settings, file).Read();
        if (status.Problem is { } problem && problem != DatabaseProblem.Damaged)
        {
            throw new DatabaseUnusableException(problem, status.Database, status.Message, status.Error);
        }

        if (status.Problem is not null)
        {
            notCompared = "the database is damaged";
            findings.Add(FindingKind.Damage, status.Message);
        }
        else if (AddHistory(status))
        {
            notCompared = OtherHistory;
        }

        if (file.Exists)
        {
            using SqliteConnection? fresh = notCompared is null ? Fresh(status) : null;
            Look(fresh);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return new(status, findings.ToImmutable(), differences, notCompared);
    }

    /// <summary>Adds what is wrong with the history; true where it is another one, whose schema is another one as well.</summary>
    private bool AddHistory(DatabaseStatus status)
    {
        bool isOther = status.State is DatabaseState.Unversioned or DatabaseState.OtherApplication;
        if (isOther)
        {
            findings.Add(FindingKind.History, status.Message);
        }

        foreach (ModuleStatus module in status.Modules)
        {
            if (module.IsMissing)
            {
                isOther = true;
                findings.Add(FindingKind.History, $"module {module.Module} is applied, and the application does not have it");
                continue;
            }

            List<MigrationIdentity> late = [.. module.OutOfOrder];
            isOther |= module.Unknown.Count > 0 || late.Count > 0;
            findings.AddAll(FindingKind.History, module.Unknown.Select(migration => $"migration {migration} is applied, and the application does not know it"));
            findings.AddAll(FindingKind.History, module.Edited.Select(migration => $"migration {migration} means something else now than when it was applied"));
            findings.AddAll(FindingKind.History, late.Select(migration => string.Create(
                CultureInfo.InvariantCulture, $"migration {migration} is not applied, and {module.NewestApplied} after it is")));
        }

        return isOther;
    }

    private SqliteConnection? Fresh(DatabaseStatus status)
    {
        Dictionary<string, long> versions = status.Modules.ToDictionary(module => module.Module, module => module.NewestApplied, StringComparer.OrdinalIgnoreCase);
        try
        {
            return FreshDatabase.Build(settings, module => versions.GetValueOrDefault(module), cancellationToken);
        }
        catch (UpgradeFailedException e)
        {
            notCompared = e.Message;
            return null;
        }
    }

    private void Look(SqliteConnection? fresh)
    {
        try
        {
            file.Read(connection =>
            {
                using StatementInterrupt interrupt = new(connection, cancellationToken);
                connection.Execute("PRAGMA query_only=ON");
                Try("the beginning of a transaction", () => connection.Execute("BEGIN"));
                Try("integrity_check", () => findings.AddAll(FindingKind.Damage, StoredFaults.Damage(connection)));
                Try("foreign_key_check", () => findings.AddAll(FindingKind.ForeignKey, StoredFaults.Orphans(connection)));
                Try("the check of views and triggers", () => Compile(connection));
                if (fresh is not null)
                {
                    Try("the comparison of schemas", () => Compare(fresh, connection));
                }

                return true;
            });
        }
        catch (SqliteException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DatabaseUnusableException explained = FileDiagnosis.Explain(file, e);
            if (explained.Problem != DatabaseProblem.Damaged)
            {
                throw explained;
            }

            // It could not even be opened: the status has said so already.
            if (!findings.Has(FindingKind.Damage))
            {
                findings.Add(FindingKind.Damage, explained.Message);
            }
        }
    }

    // A function or a collation that only the application knows stops a check, as damage does: both are worth knowing and no reason to leave
    // out the others.
    private void Try(string check, Action look)
    {
        try
        {
            look();
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_ERROR or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            cancellationToken.ThrowIfCancellationRequested();
            findings.Add(FindingKind.Damage, $"{check} can't be carried out: {e.Message}");
        }
        catch (MigrationsException e)
        {
            findings.Add(FindingKind.Drift, e.Message);
        }
    }

    private void Compile(SqliteConnection connection)
    {
        AlterationSession session = new(connection, "main", new AlterationOptions { CancellationToken = cancellationToken });
        findings.AddAll(FindingKind.Compilation, SchemaCompilation.Read(session, SchemaReader.Read(connection, "main")).Errors);
    }

    private void Compare(SqliteConnection fresh, SqliteConnection connection)
    {
        ImmutableArray<SchemaDifference> found = SchemaComparison.Compare(fresh, connection, VersionHistory.TablesOf(settings.Modules).Contains);
        findings.AddAll(FindingKind.Drift, found.Select(difference => difference.ToString()));

        // The differences themselves come first in it, a line each.
        differences = [.. DifferenceLines.Of(fresh, connection, found).Skip(found.Length)];
    }
}
