using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Migrations.Tests.MailServer;
using SQLitePCL;

namespace Migrations.Tests.Processes;

/// <summary>
/// What a mail server's database holds: the meaning of its schema, and for each table a digest of all rows with rowids and
/// storage classes. Tables of the migration tools are left out. Immutable.
/// </summary>
internal sealed class MailContent
{
    private MailContent(IReadOnlyList<string> meaning, ImmutableSortedDictionary<string, string> tables)
    {
        Meaning = meaning;
        Tables = tables;
    }

    public IReadOnlyList<string> Meaning { get; }

    /// <summary>The digest of each table, with the number of its rows.</summary>
    public ImmutableSortedDictionary<string, string> Tables { get; }

    public static MailContent Of(string file)
    {
        using SqliteConnection connection = Open(file);
        return Of(connection);
    }

    public static MailContent Of(SqliteConnection connection) => new(
        [.. SchemaMeaning.Of(connection).Where(line => !IsOwn(line.Split(':')[0]))],
        SchemaMeaning.Tables(connection).Where(table => !IsOwn(table))
            .ToImmutableSortedDictionary(table => table, table => Digest(connection, table), StringComparer.Ordinal));

    /// <summary>An unpooled connection that waits for nobody.</summary>
    public static SqliteConnection Open(string file)
    {
        SqliteConnection connection = new(
            new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, Mode = SqliteOpenMode.ReadWrite }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>What is different from what should be there, in words; empty where nothing is.</summary>
    public IEnumerable<string> DifferencesFrom(MailContent expected) =>
    [
        .. expected.Meaning.Except(Meaning).Select(line => "the schema lacks " + line),
        .. Meaning.Except(expected.Meaning).Select(line => "the schema should not have " + line),
        .. expected.Tables.Keys.Union(Tables.Keys)
            .Select(table => (Table: table, Was: expected.Tables.GetValueOrDefault(table), Is: Tables.GetValueOrDefault(table)))
            .Where(table => table.Was != table.Is)
            .Select(table => $"table {table.Table} should hold {table.Was ?? "nothing"} and holds {table.Is ?? "nothing"}"),
    ];

    private static bool IsOwn(string table) => table.StartsWith("__", StringComparison.Ordinal);

    private static string Digest(SqliteConnection connection, string table)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long rows = 0;
        int rc = raw.sqlite3_prepare_v2(connection.Handle, $"SELECT rowid, * FROM main.\"{table}\" NOT INDEXED ORDER BY rowid", out sqlite3_stmt statement);
        SqliteException.ThrowExceptionForRC(rc, connection.Handle);
        using (statement)
        {
            while ((rc = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                rows++;
                for (int column = 0; column < raw.sqlite3_column_count(statement); column++)
                {
                    AppendValue(hash, statement, column);
                }
            }
        }

        SqliteException.ThrowExceptionForRC(rc == raw.SQLITE_DONE ? raw.SQLITE_OK : rc, connection.Handle);
        return string.Create(CultureInfo.InvariantCulture, $"{rows} rows, {Convert.ToHexStringLower(hash.GetHashAndReset())[..16]}");
    }

    private static void AppendValue(IncrementalHash hash, sqlite3_stmt statement, int column)
    {
        int type = raw.sqlite3_column_type(statement, column);
        ReadOnlySpan<byte> value = type switch
        {
            raw.SQLITE_INTEGER => BitConverter.GetBytes(raw.sqlite3_column_int64(statement, column)),
            raw.SQLITE_FLOAT => BitConverter.GetBytes(raw.sqlite3_column_double(statement, column)),
            _ => raw.sqlite3_column_blob(statement, column),
        };
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{type}:{value.Length};")));
        hash.AppendData(value);
    }
}
