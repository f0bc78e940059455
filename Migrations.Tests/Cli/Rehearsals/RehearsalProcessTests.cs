using System.Diagnostics;
using System.Text.Json;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Cli.Rehearsals;

[Parallelizable(ParallelScope.All)]
internal sealed class RehearsalProcessTests
{
    private const string Endless =
        "CREATE TABLE big AS WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 1000000000000) SELECT n FROM counted";

    [TestCase("INT")]
    [TestCase("TERM")]
    [Platform(Exclude = "Win", Reason = "Signals are sent by kill.")]
    public void Rehearsal_that_is_interrupted_deletes_the_copy_and_says_so(string signal)
    {
        Signals.AssumeHeard(signal);
        using ToolFolder folder = new ToolFolder().With(new SqlMigration(1, "CreateUser", "CREATE TABLE \"user\" (id INTEGER PRIMARY KEY)"), new(2, "Endless", Endless));
        folder.Execute("CREATE TABLE VersionInfo (Version INTEGER NOT NULL, AppliedOn DATETIME, Description TEXT)");
        DatabaseSnapshot before = folder.Snapshot();
        using Process process = folder.Start(["rehearse", "--folder", "copies", .. ToolFolder.Named]);
        while (process.StandardError.ReadLine() is { } line && line != "2 of 7: 2 Endless")
        {
            Assert.That(line, Is.EqualTo("copy").Or.EqualTo("1 of 7: 1 CreateUser"));
        }

        Signals.Send(process, signal);
        Assert.That(folder.End(process).Text, Is.EqualTo("! Cancelled. The copy was deleted; the database itself was not touched.\n= 130\n"));
        Assert.That(Directory.EnumerateFileSystemEntries(folder.Path("copies")), Is.Empty);
        Assert.That(Directory.EnumerateFiles(folder.Path("."), "app.db*").Select(Path.GetFileName), Is.EqualTo(["app.db"]));
        folder.Snapshot().AssertSameAs(before);
    }

    [Test]
    public void Rehearsal_is_one_object_of_json_and_the_kept_copy_is_the_upgraded_one()
    {
        using ToolFolder folder = new ToolFolder().With(
            new SqlMigration(1, "CreateUser", "CREATE TABLE \"user\" (id INTEGER PRIMARY KEY, note TEXT)", "DROP TABLE \"user\""),
            new(2, "DropNote", "ALTER TABLE \"user\" DROP COLUMN note", "SELECT 1"));
        folder.Execute("CREATE TABLE VersionInfo (Version INTEGER NOT NULL, AppliedOn DATETIME, Description TEXT)");

        ToolOutcome outcome = folder.Run(["rehearse", "--json", "--keep", "--folder", "copies", .. ToolFolder.Named]);

        Assert.That((outcome.ExitCode, outcome.Json.GetProperty("exitCode").GetInt32()), Is.EqualTo((5, 5)), outcome.Text);
        JsonElement result = outcome.Json.GetProperty("result");
        Assert.That(
            result.EnumerateObject().Select(property => property.Name),
            Is.EqualTo([
                "database", "isClean", "from", "to", "migrations", "findings", "oldFindings", "differences", "notCompared", "size", "copyMilliseconds",
                "upgradeMilliseconds", "checkMilliseconds", "milliseconds", "kept",
            ]));
        JsonElement last = result.GetProperty("migrations")[1];
        Assert.That(
            last.EnumerateObject().Select(property => property.Name),
            Is.EqualTo([
                "module", "version", "name", "loses", "upMilliseconds", "downMilliseconds", "upAgainMilliseconds", "rows", "alterations", "findings",
            ]));
        Assert.That(last.GetProperty("findings")[0].GetProperty("kind").GetString(), Is.EqualTo("schemaAfterDown"));
        Assert.That(last.GetProperty("findings")[1].GetProperty("kind").GetString(), Is.EqualTo("upAgainFails"));
        Assert.That(last.GetProperty("upAgainMilliseconds").ValueKind, Is.EqualTo(JsonValueKind.Null));
        string kept = result.GetProperty("kept").GetString()!.Replace("~", folder.Path("."), StringComparison.Ordinal); // It was kept.
        Assert.That(Directory.EnumerateFiles(folder.Path("copies"), "*.db", SearchOption.AllDirectories).Select(Path.GetFullPath), Is.EqualTo([Path.GetFullPath(kept)]));
    }
}
