using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;
using Migrations.Runner.Files;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Status;

/// <summary>Compares what a database holds with what the application knows. Takes no lock and writes nothing.</summary>
internal sealed class StatusReader(MigratorSettings settings, DatabaseFile file)
{
    public DatabaseStatus Read()
    {
        ImmutableArray<ModuleStatus>.Builder modules = ImmutableArray.CreateBuilder<ModuleStatus>();
        using SqliteConnection? connection = file.Exists ? file.Open(SqliteOpenMode.ReadWrite) : null;
        bool isNew = connection is null || connection.ReadInteger("SELECT count(*) FROM sqlite_schema") == 0;
        foreach (MigrationModule module in settings.Modules)
        {
            ImmutableArray<MigrationIdentity> known = MigrationCatalog.Read(module, settings.Tags);
            Dictionary<long, MigrationIdentity> byVersion = known.ToDictionary(migration => migration.Version);
            long[] applied = connection is null ? [] : ReadApplied(connection, module);
            modules.Add(new(
                module.Name,
                isMissing: false,
                known.IsEmpty ? 0 : known[^1].Version,
                [.. applied.Select(version => byVersion.GetValueOrDefault(version) ?? new(module.Name, version, ""))],
                [.. known.Where(migration => !applied.Contains(migration.Version))],
                [.. applied.Where(version => !byVersion.ContainsKey(version)).Select(version => new MigrationIdentity(module.Name, version, ""))],
                []));
        }

        int pending = modules.Sum(module => module.Pending.Count);
        DatabaseState state = isNew ? DatabaseState.New : pending > 0 ? DatabaseState.Pending : DatabaseState.UpToDate;
        return new(file.Name, state, string.Create(CultureInfo.InvariantCulture, $"\"{file.Name}\": {state}, {pending} pending"), modules.ToImmutable());
    }

    private static long[] ReadApplied(SqliteConnection connection, MigrationModule module)
    {
        SqlIdentifier table = new(module.VersionTable.TableName);
        return connection.ReadInteger("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?1 COLLATE NOCASE", table.Name) == 0
            ? []
            : [.. connection.ReadRows($"SELECT {new SqlIdentifier(module.VersionTable.ColumnName).Quoted} FROM main.{table.Quoted} ORDER BY 1").Select(row => (long)row[0]!)];
    }
}
