using System.Globalization;
using FluentMigrator.Runner;
using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;
using Migrations.Runner.History;
using Migrations.Runner.Preview;
using Migrations.Runner.Processing;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Scripting;

/// <summary>
/// FluentMigrator's version loader, whose statements are recorded, with those that keep the fingerprints as <see cref="HistoryKeepingLoader"/> keeps
/// them. What that decides by what the database holds is decided by the script's statements.
/// </summary>
internal sealed class ScriptedVersionLoader(
    IVersionLoader inner, StatementRecorder recorder, MigrationModule module, ModuleFingerprints fingerprints, TableRebuildProcessor processor)
    : DelegatingVersionLoader(inner)
{
    private const string History = $"main.\"{VersionHistory.Table}\"";

    private bool hasAdopted;

    /// <summary>Records how the version table comes about, as it is in the end: FluentMigrator makes it in several steps.</summary>
    public static void RecordTable(StatementRecorder recorder, MigrationModule module, Action load)
    {
        SqliteConnection connection = recorder.Shadow.Open();
        string before = string.Join(";\n", Read(connection, module));
        recorder.WithoutRecording(load);
        List<string> after = Read(connection, module);
        if (before.Length == 0)
        {
            recorder.AddBooks(after.Select(sql => new ScriptStatement(CreateStatement.Qualify(sql, "main"))));
        }
        else if (before != string.Join(";\n", after))
        {
            throw new ScriptRefusedException(
                $"The version table \"{module.VersionTable.TableName}\" has the form that an older FluentMigrator gave it. Upgrade once with the library, which brings it up to date.");
        }
    }

    public override void LoadVersionInfo() => RecordTable(recorder, module, base.LoadVersionInfo);

    public override void UpdateVersionInfo(long version) => Update(version, () => base.UpdateVersionInfo(version));

    public override void UpdateVersionInfo(long version, string? description) => Update(version, () => base.UpdateVersionInfo(version, description));

    public override void DeleteVersion(long version)
    {
        processor.FinishPending();
        Adopt();
        recorder.AsBooks(() => base.DeleteVersion(version));
        recorder.AddBooks(new ScriptStatement(VersionHistory.Remove(module.Name, version)));
    }

    public override void RemoveVersionTable()
    {
        processor.FinishPending();
        recorder.AsBooks(base.RemoveVersionTable);
        recorder.AddBooks(
        [
            new(VersionHistory.Remove(module.Name)),
            .. ScriptGuard.RefuseRows($"SELECT 1 FROM {History}", $"The table {VersionHistory.Table} holds the history of other modules. Go down with the library."),
            new($"DROP TABLE {History}"),
        ]);
    }

    private static List<string> Read(SqliteConnection connection, MigrationModule module) =>
    [
        .. connection.ReadRows(
            "SELECT sql FROM main.sqlite_schema WHERE tbl_name = ?1 COLLATE NOCASE AND sql IS NOT NULL ORDER BY type = 'table' DESC, rowid", module.VersionTable.TableName)
            .Select(row => (string)row[0]!), // Those without a text are left out.
    ];

    private void Update(long version, Action update)
    {
        processor.FinishPending();
        Adopt();
        recorder.AsBooks(update);
        recorder.AddBooks(new ScriptStatement(VersionHistory.Record(new(module.Name, version, fingerprints.Of(version)))));
    }

    private void Adopt()
    {
        if (hasAdopted)
        {
            return;
        }

        hasAdopted = true;
        recorder.AddBooks(new ScriptStatement(VersionHistory.Create));
        List<long> applied = [.. VersionInfo.AppliedMigrations().Order()];
        if (applied.Count == 0)
        {
            recorder.AddBooks(new ScriptStatement(VersionHistory.Remove(module.Name)));
            return;
        }

        string name = SqlText.Literal(module.Name);
        string known = string.Join(", ", applied.Select(version => string.Create(
            CultureInfo.InvariantCulture, $"({version}, {(fingerprints.Of(version) is { } fingerprint ? SqlText.Literal(fingerprint) : "NULL")})")));
        string form = SqlText.Literal(MigrationFingerprint.Format);
        recorder.AddBooks(
            new ScriptStatement(
                $"WITH known(version, fingerprint) AS (VALUES {known}) "
                + $"INSERT OR REPLACE INTO {History} (\"Module\", \"Version\", \"Fingerprint\") SELECT {name}, known.version, known.fingerprint FROM known "
                + $"WHERE NOT EXISTS (SELECT 1 FROM {History} AS kept WHERE kept.\"Module\" = {name} AND kept.\"Version\" = known.version "
                + $"AND (known.fingerprint IS NULL OR substr(kept.\"Fingerprint\", 1, length({form})) = {form}))",
                "keep what the applied migrations mean, where that is not kept yet"),
            new ScriptStatement(
                $"DELETE FROM {History} WHERE \"Module\" = {name} AND \"Version\" NOT IN ({string.Join(", ", applied)})"));
    }
}
