using System.Collections.Immutable;
using FluentMigrator.Runner.VersionTableInfo;
using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;
using Migrations.Runner.History;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Status;

/// <summary>All that a status needs to know of a database, read in one transaction. Immutable.</summary>
internal sealed class DatabaseContents
{
    private const string ModuleTablePrefix = "VersionInfo_";

    private DatabaseContents(
        bool isEmpty,
        int applicationId,
        ImmutableArray<HistoryTable?> histories,
        ImmutableSortedDictionary<string, ImmutableSortedDictionary<long, string>> missingModules,
        ImmutableArray<HistoryEntry> entries)
    {
        IsEmpty = isEmpty;
        ApplicationId = applicationId;
        Histories = histories;
        MissingModules = missingModules;
        Entries = entries;
    }

    /// <summary>What there is where there is no database.</summary>
    public static DatabaseContents Nothing { get; } =
        new(isEmpty: true, 0, [], ImmutableSortedDictionary<string, ImmutableSortedDictionary<long, string>>.Empty, []);

    /// <summary>Whether there is no table, no view and nothing else.</summary>
    public bool IsEmpty { get; }

    /// <summary>The <c>application_id</c>, 0 where none is set.</summary>
    public int ApplicationId { get; }

    /// <summary>The history of each of the application's modules, in their order; null where it has no table.</summary>
    public ImmutableArray<HistoryTable?> Histories { get; }

    /// <summary>What is applied of modules that the application does not have.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<long, string>> MissingModules { get; }

    /// <summary>What is kept of applied migrations beside FluentMigrator's rows.</summary>
    public ImmutableArray<HistoryEntry> Entries { get; }

    public static DatabaseContents Read(SqliteConnection connection, MigratorSettings settings)
    {
        connection.Execute("BEGIN");
        ImmutableArray<HistoryEntry> entries = VersionHistory.Read(connection);
        return new(
            connection.ReadInteger("SELECT count(*) FROM main.sqlite_schema") == 0,
            (int)connection.ReadInteger("PRAGMA main.application_id"),
            [.. settings.Modules.Select(module => HistoryTable.Read(connection, module.VersionTable))],
            ReadMissing(connection, settings, entries),
            entries);
    }

    private static ImmutableSortedDictionary<string, ImmutableSortedDictionary<long, string>> ReadMissing(
        SqliteConnection connection, MigratorSettings settings, ImmutableArray<HistoryEntry> entries)
    {
        SortedDictionary<string, Dictionary<long, string>> missing = new(StringComparer.OrdinalIgnoreCase);
        foreach (object?[] row in connection.ReadRows(
            "SELECT substr(name, 13) FROM main.sqlite_schema WHERE type = 'table' AND name LIKE 'VersionInfo\\_%' ESCAPE '\\'"))
        {
            string name = (string)row[0]!; // Every table has a name.
            if (name.Length > 0 && !settings.Modules.Any(module => Owns(module, name)))
            {
                _ = VersionsOf(missing, name);
                ReadInto(missing, name, connection);
            }
        }

        // A module with a version table of its own name and shape is known by the entries only.
        HashSet<string> read = new(missing.Keys, StringComparer.OrdinalIgnoreCase);
        foreach (HistoryEntry entry in entries)
        {
            if (entry.Module.Length > 0 && !read.Contains(entry.Module) && !settings.Modules.Any(module => string.Equals(module.Name, entry.Module, StringComparison.OrdinalIgnoreCase)))
            {
                VersionsOf(missing, entry.Module).TryAdd(entry.Version, "");
            }
        }

        return missing.Where(module => module.Value.Count > 0)
            .ToImmutableSortedDictionary(module => module.Key, module => module.Value.ToImmutableSortedDictionary(), StringComparer.OrdinalIgnoreCase);
    }

    private static bool Owns(MigrationModule module, string name) =>
        string.Equals(module.Name, name, StringComparison.OrdinalIgnoreCase)
        || (HistoryTable.SchemaOf(module.VersionTable) == "main" && new SqlIdentifier(module.VersionTable.TableName) == ModuleTablePrefix + name);

    // A table that only looks like a history is somebody else's affair.
    private static void ReadInto(SortedDictionary<string, Dictionary<long, string>> missing, string name, SqliteConnection connection)
    {
        IVersionTableMetaData table = new ModuleVersionTable(name);
        try
        {
            HistoryTable? history = HistoryTable.Read(connection, table);
            foreach ((long version, string description) in history?.Versions ?? ImmutableSortedDictionary<long, string>.Empty)
            {
                VersionsOf(missing, name)[version] = description;
            }
        }
        catch (HistoryUnreadableException)
        {
        }
    }

    private static Dictionary<long, string> VersionsOf(SortedDictionary<string, Dictionary<long, string>> missing, string name)
    {
        if (!missing.TryGetValue(name, out Dictionary<long, string>? versions))
        {
            missing[name] = versions = [];
        }

        return versions;
    }
}
