using Migrations.Runner.Fleet;
using NUnit.Framework;

namespace Migrations.Tests.Fleet;

[Parallelizable(ParallelScope.All)]
internal sealed class FleetFilesTests
{
    private static readonly string[] Tree =
    [
        "t/a.db", "t/b.db", "t/c1.db", "t/readme", "t/.hidden.db", "t/sub/a.db", "t/sub/deep/x.db", "t/.dot/y.db", "[x].db",
    ];

    [TestCase("t/*.db", "t/a.db t/b.db t/c1.db")]
    [TestCase("t/*", "t/a.db t/b.db t/c1.db t/readme")]
    [TestCase("t/?.db", "t/a.db t/b.db")]
    [TestCase("t/[ab].db", "t/a.db t/b.db")]
    [TestCase("t/[!a].db", "t/b.db")]
    [TestCase("t/[a-c]*.db", "t/a.db t/b.db t/c1.db")]
    [TestCase("t/.*.db", "t/.hidden.db")]
    [TestCase("*/a.db", "t/a.db")]
    [TestCase("./t/../t/a.db", "t/a.db")]
    [TestCase("t/*/*.db", "t/sub/a.db")]
    [TestCase("t/**/*.db", "t/a.db t/b.db t/c1.db t/sub/a.db t/sub/deep/x.db")]
    [TestCase("**/a.db", "t/a.db t/sub/a.db")]
    [TestCase("t/sub/**", "t/sub/a.db t/sub/deep/x.db")]
    [TestCase("[x].db", "[x].db", TestName = "Find_takes_a_name_with_brackets_as_it_is_where_there_is_such_a_file")]
    [TestCase("[[]x*", "[x].db")]
    public void Find_means_what_a_shell_means(string pattern, string expected)
    {
        using FleetFolder folder = Grown(Tree);

        FleetFiles found = FleetFiles.Find([pattern], folder.Root);

        Assert.That(Names(folder, found), Is.EqualTo(expected));
        Assert.That(found.Unmatched, Is.Empty);
    }

    [Test]
    public void Find_gives_each_file_once_in_the_order_of_paths()
    {
        using FleetFolder folder = Grown(Tree);

        FleetFiles found = FleetFiles.Find(["t/c1.db", "t/*.db", folder.Path("t/b.db")], folder.Root);

        Assert.That(Names(folder, found), Is.EqualTo("t/a.db t/b.db t/c1.db"));
        Assert.That(found.Repeated, Is.EqualTo(2));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Links need a right there.")]
    public void Find_gives_a_file_that_links_lead_to_once()
    {
        using FleetFolder folder = Grown(Tree);
        File.CreateSymbolicLink(folder.Path("t/z.db"), "b.db");
        Directory.CreateSymbolicLink(folder.Path("u"), "t");

        FleetFiles found = FleetFiles.Find(["t/*.db", "u/*.db"], folder.Root);

        Assert.That(Names(folder, found), Is.EqualTo("t/a.db t/b.db t/c1.db"));
        Assert.That(found.Repeated, Is.EqualTo(5));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Links need a right there.")]
    public void Find_comes_to_an_end_where_a_link_leads_to_a_folder_above()
    {
        using FleetFolder folder = Grown(Tree);
        Directory.CreateSymbolicLink(folder.Path("t/sub/up"), folder.Root);

        Assert.That(Names(folder, FleetFiles.Find(["**/x.db"], folder.Root)), Is.EqualTo("t/sub/deep/x.db"));
    }

    [Test]
    public void Find_leaves_out_what_belongs_to_databases()
    {
        string[] beside =
        [
            "t/a.db-wal", "t/a.db-shm", "t/a.db-journal", "t/a.db-upgrade.lock", "t/a.db-upgrade.holder", "t/a.db-upgrade.probe",
            "t/a.db.20261123T010203456Z.v2.backup", "t/a.db.20261123T010203456Z.v2.backup.partial", "t/a.db.20261123T010203456Z.damaged",
            "t/a.db.20261123T010203456Z.v2.backup.partial-journal",
        ];
        using FleetFolder folder = Grown(["t/a.db", .. beside]);

        FleetFiles found = FleetFiles.Find(["t/*", .. beside], folder.Root);

        Assert.That(Names(folder, found), Is.EqualTo("t/a.db"));
        Assert.That((found.LeftOut, found.Unmatched.Length), Is.EqualTo((beside.Length, 0)));
    }

    [Test]
    public void Find_tells_arguments_without_a_file_and_folders()
    {
        using FleetFolder folder = Grown(Tree);

        FleetFiles found = FleetFiles.Find(["t/a.db", "t/*.sqlite", "u/*.db", "missing.db", "t"], folder.Root);

        Assert.That(Names(folder, found), Is.EqualTo("t/a.db"));
        Assert.That(found.Unmatched, Is.EqualTo(["t/*.sqlite", "u/*.db", "missing.db"]));
        Assert.That(found.Folders, Is.EqualTo(["t"]));
    }

    [Test]
    public void Find_refuses_a_range_that_runs_backwards()
    {
        using FleetFolder folder = Grown(Tree);

        Assert.That(() => FleetFiles.Find(["t/[c-a].db"], folder.Root), Throws.InstanceOf<ArgumentException>());
    }

    private static FleetFolder Grown(IEnumerable<string> names)
    {
        FleetFolder folder = new();
        foreach (string name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.Path(name))!); // It is in the folder.
            File.WriteAllText(folder.Path(name), "");
        }

        return folder;
    }

    private static string Names(FleetFolder folder, FleetFiles found) =>
        string.Join(' ', found.Files.Select(file => Path.GetRelativePath(folder.Root, file).Replace('\\', '/')));
}
