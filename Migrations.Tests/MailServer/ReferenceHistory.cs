using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Tests.Support;

namespace Migrations.Tests.MailServer;

/// <summary>What the original application's own migrations made of the same rows: a schema and data for each revision.</summary>
internal static class ReferenceHistory
{
    public const int Newest = 32;

    /// <summary>A database in memory with the schema and the rows after a revision. The caller disposes it.</summary>
    public static SqliteConnection After(int revision)
    {
        // Looked for before anything is opened: an absent directory ignores the test.
        string[] scripts = [Read("schema", revision), Read("data", revision)];
        SqliteConnection connection = new("Data Source=:memory:;Foreign Keys=False;Pooling=False");
        connection.Open();
        foreach (string script in scripts)
        {
            connection.Execute(script);
        }

        return connection;
    }

    private static string Read(string kind, int revision)
    {
        string start = string.Create(CultureInfo.InvariantCulture, $"{kind}_{revision:00}_");
        string name = SharedFiles.Files("mailu", start + "*.sql").SingleOrDefault()?.Name ?? start + "*.sql";
        return File.ReadAllText(SharedFiles.File("mailu", name).FullName);
    }
}
