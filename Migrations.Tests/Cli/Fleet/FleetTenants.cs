using Microsoft.Data.Sqlite;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Cli.Fleet;

/// <summary>Databases at version 2 in the folder "tenants" of a <see cref="ToolFolder"/>, copies of one with a hundred rows.</summary>
internal static class FleetTenants
{
    public const int Rows = 100;

    public static readonly SqlMigration[] Migrations =
    [
        new(1, "CreateUser", "CREATE TABLE user (id INTEGER PRIMARY KEY, email TEXT NOT NULL, note TEXT)", "DROP TABLE user"),
        new(2, "AddQuota", "ALTER TABLE user ADD COLUMN quota INTEGER NOT NULL DEFAULT 0", "ALTER TABLE user DROP COLUMN quota"),
    ];

    /// <summary>A folder whose assembly has a third migration, and tenants that need it.</summary>
    public static ToolFolder Make(SqlMigration third, IEnumerable<string> names)
    {
        ToolFolder folder = new ToolFolder().With([.. Migrations, third]);
        Assert.That(folder.Run(["upgrade", "--to", "2", "--yes", .. ToolFolder.Named]).ExitCode, Is.Zero);
        folder.Execute($"INSERT INTO user (email) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Rows}) SELECT 'user' || i FROM n");
        Directory.CreateDirectory(folder.Path("tenants"));
        foreach (string name in names)
        {
            File.Copy(folder.Database, folder.Path($"tenants/{name}"));
        }

        return folder;
    }

    public static SqliteConnection Open(ToolFolder folder, string name)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = folder.Path($"tenants/{name}"), Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    public static DatabaseSnapshot Snapshot(ToolFolder folder, string name)
    {
        using SqliteConnection connection = Open(folder, name);
        return DatabaseSnapshot.Of(connection);
    }

    /// <summary>The newest applied version, and how many rows are there.</summary>
    public static (long Version, long Rows) State(ToolFolder folder, string name)
    {
        using SqliteConnection connection = Open(folder, name);
        return (connection.Scalar<long>("SELECT max(Version) FROM VersionInfo"), connection.Scalar<long>("SELECT count(*) FROM user WHERE email LIKE 'user%'"));
    }

    public static byte[] Damage(ToolFolder folder, string name)
    {
        byte[] content = File.ReadAllBytes(folder.Path($"tenants/{name}"));
        content.AsSpan(100, 3000).Fill(0xAA);
        File.WriteAllBytes(folder.Path($"tenants/{name}"), content);
        return content;
    }
}
