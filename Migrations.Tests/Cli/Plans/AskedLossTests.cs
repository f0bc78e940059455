using System.Text.Json;
using Microsoft.Data.Sqlite;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Cli.Plans;

/// <summary>What upgrade names before it does anything, and plan in JSON.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class AskedLossTests
{
    [Test]
    public void Losses_of_modules_are_asked_about_and_named_in_json()
    {
        using ToolFolder folder = new ToolFolder().With(new SqlMigration(7, "CreateUser", "CREATE TABLE \"user\" (id INTEGER PRIMARY KEY)", "DROP TABLE \"user\""));
        SqlMigration created = new(1, "CreateJob", "CREATE TABLE job (id INTEGER PRIMARY KEY, note TEXT)", "DROP TABLE job");
        SqlMigrations.Write(folder.Path("Jobs.dll"), created);
        SqlMigrations.Write(folder.Path("Later.dll"), created, new(2, "DropNote", "ALTER TABLE job DROP COLUMN note", "ALTER TABLE job ADD COLUMN note TEXT", "nobody reads notes"));
        ToolOutcome first = folder.Run(["upgrade", "--yes", "--quiet", .. ToolFolder.Named, "--module", "jobs=Jobs.dll"]);
        folder.Execute("INSERT INTO job (note) VALUES ('one'), (NULL), ('two')");
        string[] later = [.. ToolFolder.Named, "--module", "jobs=Later.dll"];

        ToolOutcome upgrade = folder.Run(["upgrade", "--json", .. later]);
        ToolOutcome plan = folder.Run(["plan", "--json", .. later]);

        Assert.That(first.ExitCode, Is.Zero, first.Text);
        Assert.That(upgrade.ExitCode, Is.EqualTo(3), upgrade.Text);
        Assert.That(upgrade.Output, Does.Contain("DropNote: nobody reads notes").And.Contain("column \\\"job\\\".\\\"note\\\": 2 values"));
        using SqliteConnection connection = folder.Open();
        Assert.That(connection.Scalar<long>("SELECT count(note) FROM job"), Is.EqualTo(2));
        using JsonDocument json = JsonDocument.Parse(plan.Output);
        JsonElement migration = json.RootElement.GetProperty("result").GetProperty("migrations")[0];
        Assert.That(migration.GetProperty("loses").GetString(), Is.EqualTo("nobody reads notes"));
        Assert.That(migration.GetProperty("losses")[0].GetProperty("count").GetInt64(), Is.EqualTo(2));
        Assert.That(migration.GetProperty("schema")[0].GetProperty("lines").EnumerateArray().Select(line => line.GetString()), Has.One.EqualTo("-     note TEXT"));
    }
}
