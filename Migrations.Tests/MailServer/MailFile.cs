using MailServer;
using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Tests.Support;

namespace Migrations.Tests.MailServer;

/// <summary>A mail server's database in a file of one test's own, moved through the history by the sample itself.</summary>
internal sealed class MailFile : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mailserver-");

    public MailFile() => Path = System.IO.Path.Combine(folder.FullName, "mail.db");

    public string Path { get; }

    /// <summary>A file in the same folder.</summary>
    public string Beside(string name) => System.IO.Path.Combine(folder.FullName, name);

    /// <summary>An unpooled connection with foreign keys on, as an application has. The caller disposes it.</summary>
    public SqliteConnection Open()
    {
        SqliteConnection connection = new(
            new SqliteConnectionStringBuilder { DataSource = Path, ForeignKeys = true, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>Goes to a revision at once, or with rows put in on the way.</summary>
    public IReadOnlyList<RevisionStep> MoveTo(int revision, bool seed = false)
    {
        if (seed)
        {
            return [.. Steps(revision, seed)];
        }

        List<RevisionStep> steps = [];
        using DatabaseMigrator migrator = MailOptions.Migrator(Path, backups: false);
        new Passage(Path, migrator).MoveToAsync(revision, steps.Add).GetAwaiter().GetResult();
        return steps;
    }

    /// <summary>Goes to a revision, each step as it is asked for.</summary>
    public IEnumerable<RevisionStep> Steps(int revision, bool seed = false)
    {
        using DatabaseMigrator migrator = MailOptions.Migrator(Path, backups: false);
        foreach (RevisionStep step in new Passage(Path, migrator).StepToAsync(revision, seed).ToBlockingEnumerable())
        {
            yield return step;
        }
    }

    public IReadOnlyList<string> Meaning()
    {
        using SqliteConnection connection = Open();
        return SchemaMeaning.Of(connection);
    }

    public IReadOnlyList<string> StoredRows()
    {
        using SqliteConnection connection = Open();
        return MailServer.StoredRows.Of(connection);
    }

    public void Execute(string sql)
    {
        using SqliteConnection connection = Open();
        connection.Execute(sql);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
