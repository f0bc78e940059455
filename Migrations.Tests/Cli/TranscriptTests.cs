using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Cli;

[Parallelizable(ParallelScope.All)]
internal sealed class TranscriptTests
{
    private static readonly SqlMigration[] Migrations =
    [
        new(
            1,
            "CreateUser",
            "CREATE TABLE \"user\" (id INTEGER PRIMARY KEY, email TEXT NOT NULL, note TEXT); CREATE INDEX by_email ON \"user\" (email);",
            "DROP TABLE \"user\""),
        new(2, "AddQuota", "ALTER TABLE \"user\" ADD COLUMN quota INTEGER NOT NULL DEFAULT 0", "ALTER TABLE \"user\" DROP COLUMN quota"),
        new(3, "DropNote", "ALTER TABLE \"user\" DROP COLUMN note", "ALTER TABLE \"user\" ADD COLUMN note TEXT", "nobody reads notes"),
    ];

    [Test]
    public void Session_is_as_approved(
        [Values("upgrade", "backup", "failures", "usage", "help", "plan", "rehearse", "verify", "schema")] string name)
    {
        using ToolFolder folder = new ToolFolder().With(Migrations);
        SqlMigrations.Write(folder.Path("Failing.dll"), [.. Migrations, new(4, "Fails", "INSERT INTO \"user\" (email) VALUES (NULL)")]);
        File.WriteAllText(folder.Path("migrations.json"), """{ "assembly": "App.dll", "database": "app.db" }""");

        Transcript.AssertSame(folder, name);
    }

    [Test]
    public void Bad_input_is_told_as_approved()
    {
        using ToolFolder folder = new ToolFolder().With(Migrations);
        File.WriteAllText(folder.Path("migrations.json"), """{ "assembly": "App.dll", "database": "app.db" }""");
        Directory.CreateDirectory(folder.Path("folder.db"));
        SetupAssembly.Write(folder.Path("Base.dll"), "public static class Base { public static void Touch() { } }  public abstract class BaseMigration : FluentMigrator.Migration;");
        string migration = "[Migration(1)] public sealed class One : {0} {{ public One({1}) {{ }} public override void Up() => {2}; public override void Down() {{ }} }}";
        SetupAssembly.Write(folder.Path("Broken.dll"), string.Format(CultureInfo.InvariantCulture, migration, "BaseMigration", "", "Base.Touch()"), folder.Path("Base.dll"));
        SetupAssembly.Write(folder.Path("Half.dll"), string.Format(CultureInfo.InvariantCulture, migration, "Migration", "", "Base.Touch()"), folder.Path("Base.dll"));
        SetupAssembly.Write(folder.Path("Needy.dll"), "public interface IClock;" + string.Format(CultureInfo.InvariantCulture, migration, "Migration", "IClock clock", "_ = 1"));
        File.Delete(folder.Path("Base.dll"));
        using (SqliteConnection damaged = new($"Data Source={folder.Path("damaged.db")};Pooling=False"))
        {
            damaged.Open();
            damaged.Execute("CREATE TABLE note (text); INSERT INTO note VALUES (zeroblob(20000))");
        }

        using (FileStream cut = File.OpenWrite(folder.Path("damaged.db")))
        {
            cut.SetLength(cut.Length / 2);
        }

        File.WriteAllBytes(folder.Path("encrypted.db"), [.. Enumerable.Range(0, 256).SelectMany(i => SHA256.HashData([(byte)i]))]);

        Transcript.AssertSame(folder, "inputs");
    }
}
