using System.Text;
using CsCheck;
using Migrations.Runner.Backup;
using Migrations.Runner.Files;
using NUnit.Framework;

namespace Migrations.Tests.Backups;

/// <summary>Which database a backup's name means.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class BackupStemTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 23, 1, 2, 3, 456, TimeSpan.Zero);

    private static readonly Gen<string> Name = Gen.String[Gen.Char["ab.-_ ä中v10"], 1, 8].Where(name => name.Trim('.', ' ').Length > 0);

    // Backups of earlier versions are found by it: it must never change.
    [TestCase("/srv/tenant1/app.db", "app.db-tenant1-f7f1a76529ba09dd")]
    [TestCase("/srv/tenant2/app.db", "app.db-tenant2-88e46c4d6859a08f")]
    [TestCase("/srv/other/../tenant2//app.db", "app.db-tenant2-88e46c4d6859a08f")]
    [TestCase("/srv/Zoë & co./app", "app-Zo____co_-782dd633c89bafb6")]
    [TestCase("/app.db", "app.db-b48ce8a956b85028")]
    [Platform(Exclude = "Win,MacOsX", Reason = "Their paths are other ones, without case.")]
    public void Stem_of_a_path_stays_what_it_is(string path, string expected) => Assert.That(Of(path, "/no/backups"), Is.EqualTo(expected));

    [Test]
    public void Stem_takes_no_more_of_a_folders_name_than_a_file_name_has_room_for()
    {
        string folder = new('f', 200);
        string database = new('中', 50);

        string readable = Of($"/{folder}/app.db", "/backups");
        string longest = Of($"/{folder}/{database}", "/backups");

        Assert.That(readable, Does.StartWith($"app.db-{folder[..36]}-").And.Length.EqualTo("app.db".Length + 37 + 17));
        Assert.That(longest, Does.Match($"^{database}-[0-9a-f]{{16}}$"));
        BackupName name = BackupName.Fitting(longest, Time, [new("", 20260101120000)]);
        Assert.That(Encoding.UTF8.GetByteCount(name + ".partial-journal"), Is.LessThanOrEqualTo(255));
        Assert.That(name.Versions, Has.Length.EqualTo(1));
    }

    [Test]
    [Platform(Exclude = "Linux", Reason = "Case tells files apart there.")]
    public void Stem_is_one_for_all_ways_to_write_a_path_in_case() =>
        Assert.That(Of(Path.GetFullPath("/SRV/Tenant1/app.db"), "/backups"), Is.EqualTo(Of(Path.GetFullPath("/srv/tenant1/app.db"), "/backups")).IgnoreCase);

    [Test]
    [Platform(Exclude = "Win,MacOsX", Reason = "Case tells no files apart there.")]
    public void Stem_is_another_for_a_path_in_another_case() =>
        Assert.That(Of("/srv/Tenant1/app.db", "/backups"), Is.Not.EqualTo(Of("/srv/tenant1/app.db", "/backups")).IgnoreCase);

    [Test]
    public void No_database_is_given_another_ones_backup_in_any_folder() =>
        Gen.Select(Name, Name, Name, Name, Gen.Int[0, 3]).Sample((folder, name, otherFolder, otherName, where) =>
        {
            string root = Path.GetFullPath("/no such folder");
            string one = Path.Combine(root, folder, name);
            string other = Path.Combine(root, otherFolder, otherName);
            string backups = where switch
            {
                0 => root,
                1 => Path.Combine(root, folder),
                2 => Path.Combine(root, otherFolder),
                _ => Path.Combine(root, "backups"),
            };
            string backup = new BackupName(Of(one, backups), Time, [new("", 5)]).ToString();
            string partial = backup + BackupName.Partial;
            string stem = Of(other, backups);
            bool isSame = FileNames.Comparer.Equals(Path.GetFullPath(one), Path.GetFullPath(other));
            return (BackupName.Parse(stem, backup) is not null) == isSame && BackupName.IsUnfinished(stem, partial) == isSame;
        });

    [TestCase("app.db.20261123T010203456Z.v5.backup", true)]
    [TestCase("app.db.20261123T010203456Z.backup", true)]
    [TestCase("app.db-tenant1-f7f1a76529ba09dd.20261123T010203456Z.v5.backup", true)]
    [TestCase("app.db-f7f1a76529ba09dd.20261123T010203456Z.v5.backup", true)]
    [TestCase("app.db-tenant1-f7f1a76529ba09dd.20261123T010203456Z.v5.backup.partial", false)]
    [TestCase("app.db-tenant1-f7f1a76529ba09dG.20261123T010203456Z.v5.backup", false)]
    [TestCase("app.db-tenant1.20261123T010203456Z.v5.backup", false)]
    [TestCase("app.db-tenant1-f7f1a76529ba09dd.v5.backup", false)]
    [TestCase("other.db-tenant1-f7f1a76529ba09dd.20261123T010203456Z.v5.backup", false)]
    [TestCase("app.dbx-tenant1-f7f1a76529ba09dd.20261123T010203456Z.v5.backup", false)]
    [TestCase("app.db", false)]
    [TestCase("app", false)]
    public void IsOfName_knows_backups_of_every_database_of_a_name(string name, bool expected) =>
        Assert.That(BackupStem.IsOfName("app.db", name), Is.EqualTo(expected));

    private static string Of(string database, string folder) => BackupStem.Of(new($"Data Source=\"{database}\"", TimeSpan.FromSeconds(1), null), folder);
}
