using System.Collections.Immutable;
using System.Globalization;
using MailServer;
using Microsoft.Data.Sqlite;
using Migrations.Tests.Support;

namespace Migrations.Tests.Processes;

/// <summary>
/// A mail server's database at its first revision with rows in every table, and what it must hold at each version: found by
/// one clean run, version by version. Prepared once and copied by tests. Immutable.
/// </summary>
internal sealed class PreparedMail : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("migrations-mail-");
    private readonly Dictionary<JournalMode, string> files = [];

    private PreparedMail(int users)
    {
        string first = Path.Combine(folder.FullName, "first.db");
        _ = MailHistory.Steps(first, 1).Count();
        Execute(first, SeedRows.After(0) + Enlargement(users));
        foreach (JournalMode journal in Enum.GetValues<JournalMode>())
        {
            files[journal] = Path.Combine(folder.FullName, $"{journal}.db");
            File.Copy(first, files[journal]);
            Execute(files[journal], $"PRAGMA journal_mode = {journal}");
        }

        Versions = MailHistory.Steps(first, MailHistory.Newest)
            .Select(version => KeyValuePair.Create(version, MailContent.Of(first)))
            .ToImmutableDictionary();
    }

    /// <summary>The content at each version.</summary>
    public ImmutableDictionary<long, MailContent> Versions { get; }

    /// <summary>So many rows that an upgrade takes over a second.</summary>
    public static PreparedMail Large() => new(users: 12_000);

    /// <summary>So few rows that a limit on the size of files meets each stage of an upgrade soon.</summary>
    public static PreparedMail Small() => new(users: 300);

    /// <summary>Puts a copy into a folder.</summary>
    public string CopyTo(string folder, JournalMode journal)
    {
        string path = Path.Combine(folder, MailFolder.FileName);
        File.Copy(files[journal], path);
        return path;
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static void Execute(string file, string sql)
    {
        using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        connection.Execute(sql);
    }

    // Every value depends on its row, so that a row in the wrong place can't look right.
    private static string Enlargement(int users) => string.Create(CultureInfo.InvariantCulture, $"""
        BEGIN;
        CREATE TEMP TABLE number AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {users}) SELECT i FROM n;
        INSERT INTO domain (created_at, comment, name, max_users, max_aliases)
            SELECT '2016-07-05', iif(i % 3 = 0, NULL, 'domain ' || i), 'Domain' || i || '.Example', i, -i FROM number WHERE i <= {users / 50};
        INSERT INTO user (created_at, localpart, password, quota_bytes, global_admin, enable_imap, enable_pop, forward_enabled,
                forward_destination, reply_enabled, reply_subject, reply_body, displayed_name, spam_enabled, spam_threshold, domain_name, email)
            SELECT '2016-07-06', 'User' || i, 'p''' || i, 1000 * i, 0, i % 2, i % 3 = 0, i % 5 = 0, iif(i % 5 = 0, 'To' || i || '@other.org', NULL),
                0, NULL, iif(i % 7 = 0, 'away ' || i || char(10) || 'Ünïcode; --', NULL), 'The "' || i || '"',
                i % 2, i % 16, 'Domain' || (i % {users / 50} + 1) || '.Example', 'User' || i || '@Domain' || (i % {users / 50} + 1) || '.Example'
            FROM number;
        INSERT INTO alias (created_at, localpart, destination, domain_name, email)
            SELECT '2016-07-07', 'Alias' || i, 'User' || i || '@other.org', 'other.org', 'Alias' || i || '@other.org' FROM number;
        INSERT INTO fetch (created_at, user_email, protocol, host, port, tls, username, password)
            SELECT '2016-07-08', email, iif(rowid % 2, 'imap', 'pop3'), 'host' || rowid, rowid % 1000, rowid % 2, localpart, 'p' || rowid FROM user;
        INSERT INTO manager (domain_name, user_email) SELECT domain_name, email FROM user WHERE rowid % 10 = 0;
        DROP TABLE temp.number;
        COMMIT;
        """);
}
