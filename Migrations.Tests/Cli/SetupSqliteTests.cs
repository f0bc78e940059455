using NUnit.Framework;

namespace Migrations.Tests.Cli;

/// <summary>An application that brings another SQLite than the tool.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class SetupSqliteTests
{
    private static readonly SqlMigration[] Migrations = [new(1, "CreateUser", "CREATE TABLE \"user\" (id INTEGER PRIMARY KEY)")];

    [Test]
    public void Applications_own_sqlite_is_used_before_anything_is_opened()
    {
        using ToolFolder folder = new ToolFolder().With(Migrations);
        Bring(folder, "throw new DllNotFoundException(\"libcipher is not there\");");

        ToolOutcome outcome = folder.Run(["status", .. ToolFolder.Named]);

        Assert.That(
            outcome.Text,
            Is.EqualTo("! The application's own SQLite (\"~/SQLitePCLRaw.batteries_v2.dll\") can't be loaded: libcipher is not there\n= 2\n"));
    }

    [Test]
    public void Applications_own_sqlite_is_found_through_the_packages_way_of_naming_it()
    {
        using ToolFolder folder = new ToolFolder().With(Migrations);
        Bring(folder, "System.IO.File.WriteAllText(\"cipher.txt\", \"used\");");

        ToolOutcome outcome = folder.Run(["upgrade", "--yes", "--quiet", .. ToolFolder.Named]);

        Assert.That(outcome.ExitCode, Is.Zero, outcome.Text);
        Assert.That(File.Exists(folder.Path("cipher.txt")));
    }

    private static void Bring(ToolFolder folder, string code)
    {
        SetupAssembly.Write(folder.Path("SQLitePCLRaw.provider.cipher.dll"), $"namespace SQLitePCL {{ public static class Cipher {{ public static void Set() {{ {code} }} }} }}");
        SetupAssembly.Write(
            folder.Path("SQLitePCLRaw.batteries_v2.dll"),
            "namespace SQLitePCL { public static class Batteries_V2 { public static void Init() => Cipher.Set(); } }",
            folder.Path("SQLitePCLRaw.provider.cipher.dll"));
    }
}
