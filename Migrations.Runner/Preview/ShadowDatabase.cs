using FluentMigrator.Runner.VersionTableInfo;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Migrations.Core.Alteration.Execution;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;
using Migrations.Runner.Processing;
using SQLitePCL;

namespace Migrations.Runner.Preview;

/// <summary>
/// What a preview runs on: a database in memory with the schema of the real one and the rows of its version tables, so that
/// each previewed migration sees what the ones before it would have left. The real database is only read, and only once.
/// </summary>
internal sealed class ShadowDatabase(ShadowSource source, Action<SqliteConnection>? opened, ILogger logger) : IDisposable
{
    // c3ref/c_deny.html: the answer that makes a statement fail.
    private const int Deny = 1;

    private readonly List<string> missing = [];
    private readonly HashSet<ShadowAction> actions = [];
    private readonly Dictionary<SqlIdentifier, bool> editable = [];
    private SqliteConnection? connection;

    /// <summary>What could not be copied, and why.</summary>
    public IReadOnlyList<string> Missing => missing;

    public SqliteConnection Open() => connection ??= Build();

    /// <summary>Whether the stored text of the database that this is a copy of can be edited; a plan must do as the upgrade will.</summary>
    public bool CanEditSchema(SqlIdentifier database)
    {
        Open();
        return editable.TryGetValue(database, out bool isEditable) && isEditable;
    }

    /// <summary>Whether an error may be the preview's own: an object that could not be copied, or a statement that reaches out of it.</summary>
    public bool Explains(Exception exception)
    {
        SqliteException? error = exception as SqliteException;
        for (Exception? inner = exception; error is null && inner is not null; inner = inner.InnerException)
        {
            error = inner as SqliteException;
        }

        return missing.Count > 0 || error?.SqliteErrorCode == raw.SQLITE_AUTH;
    }

    /// <summary>Whether a table could not be copied.</summary>
    public bool LacksTable { get; private set; }

    /// <summary>What statements have done since this was asked last, by their own words or those of triggers.</summary>
    public IReadOnlySet<ShadowAction> TakeActions()
    {
        HashSet<ShadowAction> taken = [.. actions];
        actions.Clear();
        return taken;
    }

    public void Dispose() => connection?.Dispose();

    private SqliteConnection Build()
    {
        SqliteConnection shadow = new(new SqliteConnectionStringBuilder
        {
            DataSource = ":memory:",
            Pooling = false,
            ForeignKeys = source.ForeignKeys,
        }.ToString());
        try
        {
            shadow.Open();
            opened?.Invoke(shadow);
            DetachAll(shadow);
            editable["main"] = SchemaWrites.ArePossible(shadow, "main");
            AllowSchemaWrites(shadow);
            using (SqliteConnection? own = source.Connection is null ? source.OpenOwn(opened) : null)
            {
                Copy(source.Connection ?? own, shadow);
            }

            // ATTACH and VACUUM INTO would reach files; a preview changes none.
            strdelegate_authorizer authorize = (_, action, first, second, database, _) => Authorize(action, first, second, database);
            raw.sqlite3_set_authorizer(shadow.Handle, authorize, null);
            return shadow;
        }
        catch
        {
            shadow.Dispose();
            throw;
        }
    }

    private int Authorize(int code, string? first, string? second, string? database)
    {
        if (ShadowAction.Of(code, first, second, database) is { } action)
        {
            actions.Add(action);
        }

        return code == ShadowAction.Attach ? Deny : raw.SQLITE_OK;
    }

    // The hook may have put it into defensive mode, as it does with the database that this is a copy of.
    private static void AllowSchemaWrites(SqliteConnection shadow) => DatabaseConfiguration.Defensive.Set(shadow.Handle, false);

    // What the application's hook attaches to every connection are files of its own.
    private static void DetachAll(SqliteConnection shadow)
    {
        foreach (SqlIdentifier database in AttachedDatabases.Read(shadow).Where(name => name != "main"))
        {
            shadow.Execute($"DETACH {database.Quoted}");
        }
    }

    private void Copy(SqliteConnection? real, SqliteConnection shadow)
    {
        if (real is null)
        {
            return;
        }

        long foreignKeys = real.ReadInteger("PRAGMA foreign_keys");
        shadow.Execute("PRAGMA foreign_keys=OFF");
        using DoubleQuotedStrings all = DoubleQuotedStrings.Allow(shadow);
        foreach (SqlIdentifier database in AttachedDatabases.Read(real))
        {
            editable[database] = SchemaWrites.ArePossible(real, database);
            if (database != "main")
            {
                shadow.Execute($"ATTACH ':memory:' AS {database.Quoted}");
            }

            foreach (object?[] row in real.ReadRows(
                $"SELECT type, name, sql FROM {database.Quoted}.sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*' "
                + "ORDER BY type = 'trigger', rowid"))
            {
                CopyObject(shadow, database, (string)row[0]!, new((string)row[1]!), (string)row[2]!);
            }

            CopyStatistics(real, shadow, database);
        }

        foreach (IVersionTableMetaData table in source.VersionTables())
        {
            CopyVersions(real, shadow, table);
        }

        shadow.Execute($"PRAGMA foreign_keys={foreignKeys}");
    }

    private void CopyObject(SqliteConnection shadow, SqlIdentifier database, string type, SqlIdentifier name, string sql)
    {
        try
        {
            // A virtual table brings its shadow tables with it.
            if (shadow.ReadInteger($"SELECT count(*) FROM {database.Quoted}.sqlite_schema WHERE type = ?1 AND name = ?2", type, name.Name) == 0)
            {
                shadow.Execute(CreateStatement.Qualify(sql, database));
            }
        }
        catch (SqliteException exception)
        {
            LacksTable |= type == "table";
            missing.Add($"{type} {name}: {exception.Message}");
            LogMessages.NotInPreview(logger, type, name.Quoted, exception.Message);
        }
    }

    // What is copied of a table depends on which of them there are (lang_analyze.html).
    private static void CopyStatistics(SqliteConnection real, SqliteConnection shadow, SqlIdentifier database)
    {
        HashSet<string> wanted = Statistics(real, database);
        if (wanted.Count == 0)
        {
            return;
        }

        shadow.Execute($"CREATE TABLE {database.Quoted}.\"a table of the preview\"(a); ANALYZE {database.Quoted}.\"a table of the preview\"; DROP TABLE {database.Quoted}.\"a table of the preview\"");
        foreach (string table in Statistics(shadow, database).Except(wanted))
        {
            shadow.Execute($"DROP TABLE {database.Quoted}.{table}");
        }
    }

    private static HashSet<string> Statistics(SqliteConnection connection, SqlIdentifier database) =>
    [
        .. connection.ReadRows($"SELECT name FROM {database.Quoted}.sqlite_schema WHERE type = 'table' AND name GLOB 'sqlite_stat[0-9]'")
            .Select(row => (string)row[0]!),
    ];

    private static void CopyVersions(SqliteConnection real, SqliteConnection shadow, IVersionTableMetaData table)
    {
        string name = $"{FluentName.Database(table.SchemaName).Quoted}.{FluentName.Parse(table.TableName).Quoted}";
        if (!new Lookup.SchemaLookup(real).HasTable(TableName.Of(table.SchemaName, table.TableName)))
        {
            return;
        }

        foreach (object?[] row in real.ReadRows($"SELECT * FROM {name}"))
        {
            using SqliteCommand command = shadow.CreateCommand();
            command.CommandText = $"INSERT INTO {name} VALUES ({string.Join(", ", row.Select((_, i) => $"?{i + 1}"))})";
            for (int i = 0; i < row.Length; i++)
            {
                command.Parameters.AddWithValue($"?{i + 1}", row[i] ?? DBNull.Value);
            }

            command.ExecuteNonQuery();
        }
    }
}
