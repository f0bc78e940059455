using NUnit.Framework;

namespace Migrations.Tests.Cli.Fleet;

[Parallelizable(ParallelScope.All)]
internal sealed class FleetTranscriptTests
{
    [Test]
    public void Session_is_as_approved()
    {
        SqlMigration dropNote = new(3, "DropNote", "ALTER TABLE user DROP COLUMN note", "ALTER TABLE user ADD COLUMN note TEXT", "nobody reads notes");
        using ToolFolder folder = FleetTenants.Make(dropNote, ["a.db", "b.db", "c.db"]);
        FleetTenants.Damage(folder, "b.db");
        File.WriteAllText(folder.Path("tenants/empty.db"), "");
        Directory.CreateDirectory(folder.Path("tenants/d"));
        File.Copy(folder.Database, folder.Path("tenants/d/a.db"));
        File.WriteAllText(folder.Path("migrations.json"), """{ "assembly": "App.dll", "database": "app.db" }""");

        Transcript.AssertSame(folder, "fleet");
    }
}
