using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Migrations.Tests.Support;

/// <summary>A database of one test's own, on an unpooled connection; a file and its side files are deleted on dispose.</summary>
public sealed class TestDatabase : IDisposable
{
    private const int SqliteDbConfigDqsDml = 1013;
    private const int SqliteDbConfigDqsDdl = 1014;

    // The bundled library enforces foreign keys unless told otherwise; others don't unless told so.
#if SYSTEM_SQLITE
    public static readonly bool? EnforcesForeignKeys = true;
#else
    public static readonly bool? EnforcesForeignKeys;
#endif

    private readonly string? directory;

    private TestDatabase(string? directory, string dataSource)
    {
        this.directory = directory;
        ConnectionString = new SqliteConnectionStringBuilder { DataSource = dataSource, Pooling = false, ForeignKeys = EnforcesForeignKeys }.ToString();
        Path = directory is null ? null : dataSource;
        Connection = new SqliteConnection(ConnectionString);
        Connection.Open();
    }

    /// <summary>All kinds, as a source of fixtures or cases.</summary>
    public static IReadOnlyList<TestDatabaseKind> Kinds { get; } = Enum.GetValues<TestDatabaseKind>();

    public SqliteConnection Connection { get; }

    public string ConnectionString { get; }

    /// <summary>The file, null for a database in memory.</summary>
    public string? Path { get; }

    public static TestDatabase InMemory() => new(null, ":memory:");

    public static TestDatabase File(JournalMode journal = JournalMode.Wal)
    {
        string temporary = Directory.CreateTempSubdirectory("migrations-").FullName;
        TestDatabase database = new(temporary, System.IO.Path.Combine(temporary, "test.db"));
        database.Execute($"PRAGMA journal_mode = {journal}");
        return database;
    }

    public static TestDatabase Open(TestDatabaseKind kind) => kind switch
    {
        TestDatabaseKind.InMemory => InMemory(),
        TestDatabaseKind.WalFile => File(JournalMode.Wal),
        TestDatabaseKind.RollbackJournalFile => File(JournalMode.Delete),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>A second connection to the same file. The caller disposes it.</summary>
    public SqliteConnection OpenAnother()
    {
        if (Path is null)
        {
            throw new InvalidOperationException("A database in memory has one connection only.");
        }

        SqliteConnection connection = new(ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Lets text in double quotes be a string where it is no column, as older libraries do (hazard 103).</summary>
    public TestDatabase AllowDoubleQuotedStrings(bool allow = true)
    {
        AllowDoubleQuotedStrings(Connection, allow);
        return this;
    }

    public static void AllowDoubleQuotedStrings(SqliteConnection connection, bool allow)
    {
        foreach (int option in (ReadOnlySpan<int>)[SqliteDbConfigDqsDml, SqliteDbConfigDqsDdl])
        {
            int rc = raw.sqlite3_db_config(connection.Handle, option, allow ? 1 : 0, out _);
            SqliteException.ThrowExceptionForRC(rc, connection.Handle);
        }
    }

    /// <summary>Attaches a second database of its own in memory, or a file of its own beside this one's.</summary>
    public TestDatabase Attach(string name)
    {
        using SqliteCommand command = Connection.CreateCommand();
        command.CommandText = "ATTACH $file AS " + Quote(name);
        command.Parameters.AddWithValue("$file", directory is null ? ":memory:" : System.IO.Path.Combine(directory, $"attached-{Rows("PRAGMA database_list").Count}.db"));
        command.ExecuteNonQuery();
        return this;
    }

    /// <summary>Runs one statement or many.</summary>
    public TestDatabase Execute(string sql)
    {
        Connection.Execute(sql);
        return this;
    }

    public T Scalar<T>(string sql) => Connection.Scalar<T>(sql);

    /// <summary>All rows; values are long, double, string, byte[] or null, as they are stored.</summary>
    public IReadOnlyList<object?[]> Rows(string sql) => Connection.Rows(sql);

    public void Dispose()
    {
        Connection.Dispose();
        if (directory is not null)
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    internal static string Quote(string name) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
}
