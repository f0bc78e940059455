using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Migrations.Runner;
using Migrations.Runner.Backup;
using NUnit.Framework;

namespace Migrations.Tests.Backups;

[Parallelizable(ParallelScope.All)]
internal sealed class BackupNameTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 23, 1, 2, 3, 456, TimeSpan.Zero);

    private static readonly Gen<string> Module = Gen.OneOf(
        Gen.Const(""),
        Gen.String[Gen.Char["abzAZ09._-v"], 1, 12],
        Gen.String[Gen.Char[" +~/\\:%äß中.\0-"], 1, 6]);

    private static readonly Gen<BackupName> Names =
        from stem in Gen.String[Gen.Char["abc. -_äß中v1"], 1, 20]
        from milliseconds in Gen.Long[0, 200_000_000_000_000]
        from versions in Gen.Select(Module, Gen.Long, (module, version) => new ModuleVersion(module, version)).Array[0, 5]
        select new BackupName(stem, DateTimeOffset.UnixEpoch.AddMilliseconds(milliseconds), [.. versions]);

    [Test]
    public void Name_carries_time_and_versions() =>
        Assert.That(
            new BackupName("mail.db", Time, [new("search", 5), new("Acme.Sync-v2", 20260101120000), new("", 33)]).ToString(),
            Is.EqualTo("mail.db.20261123T010203456Z.search-v5.Acme+Sync-v2-v20260101120000.v33.backup"));

    [Test]
    public void Parse_gives_back_every_name() => Names.Sample(name =>
    {
        BackupName? parsed = BackupName.Parse(name.Stem, name.ToString());
        return parsed is not null
            && parsed.Stem == name.Stem
            && parsed.Time == name.Time
            && parsed.Versions.Select(version => (version.Module, version.Version))
                .SequenceEqual(name.Versions.Select(version => (version.Module, version.Version)));
    });

    [Test]
    public void Name_is_a_file_name() => Names.Sample(name =>
        name.ToString()[name.Stem.Length..].All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '+' or '~'));

    [Test]
    public void Names_of_one_database_sort_by_time() => Gen.Select(Names, Names).Sample((left, right) =>
    {
        BackupName other = right with { Stem = left.Stem };
        return left.Time == other.Time
            || (left.Time < other.Time) == (string.CompareOrdinal(left.ToString(), other.ToString()) < 0);
    });

    [TestCase("mail.db")]
    [TestCase("mail.db.backup")]
    [TestCase("mail.db..backup")]
    [TestCase("mail.db.20261123T010203456Z.v33")]
    [TestCase("mail.db.20261123T010203456Z.v33.backup.partial")]
    [TestCase("mail.db.20261123T010203456Z.v33.backup-journal")]
    [TestCase("mail.db.20261123T010203456.v33.backup")]
    [TestCase("mail.db.20261323T010203456Z.v33.backup")]
    [TestCase("mail.db.20261123T010203456Z.33.backup")]
    [TestCase("mail.db.20261123T010203456Z.v033.backup")]
    [TestCase("mail.db.20261123T010203456Z.v33.old.backup")]
    [TestCase("mail.db.20261123T010203456Z.v33.backup.20261123T010203456Z.v33.backup")]
    [TestCase("my-mail.db.20261123T010203456Z.v33.backup")]
    [TestCase("mail.db2.20261123T010203456Z.v33.backup")]
    [TestCase("mail.db.20261123T010203456Z.v33.Backup")]
    [TestCase("mail.db.20261123T010203456Z.v99999999999999999999.backup")]
    [TestCase("mail.db.20261123T010203456Z.a~002db-v1.backup")]
    public void Parse_takes_no_file_that_is_not_exactly_a_backup_of_the_database(string name) =>
        Assert.That(BackupName.Parse("mail.db", name), Is.Null);

    [Test]
    public void Parse_takes_a_backup_without_versions() =>
        Assert.That(BackupName.Parse("mail.db", "mail.db.20261123T010203456Z.backup")?.Versions, Is.Empty);

    [TestCase("mail.db.20261123T010203456Z.v33.backup.partial", true)]
    [TestCase("mail.db.20261123T010203456Z.v33.backup.partial-journal", true)]
    [TestCase("mail.db.20261123T010203456Z.v33.backup.partial-wal", true)]
    [TestCase("mail.db.20261123T010203456Z.damaged.partial", true)]
    [TestCase("mail.db.20261123T010203456Z.damaged", false)]
    [TestCase("mail.db.20261123T010203456Z.v33.damaged.partial", false)]
    [TestCase("mail.db.20261123T010203456Z.v33.backup", false)]
    [TestCase("mail.db.partial", false)]
    [TestCase("mail.db.20261123T010203456Z.download.partial", false)]
    [TestCase("other.db.20261123T010203456Z.v33.backup.partial", false)]
    public void IsUnfinished_knows_only_its_own_files(string name, bool expected) =>
        Assert.That(BackupName.IsUnfinished("mail.db", name), Is.EqualTo(expected));

    [Test]
    public void Fitting_leaves_out_what_no_file_system_would_take_and_keeps_the_applications_own_version()
    {
        ImmutableArray<ModuleVersion> versions =
        [
            .. Enumerable.Range(0, 30).Select(i => new ModuleVersion($"Acme.Storage.Module{i:00}", 20260101120000 + i)), new("", 33),
        ];

        BackupName name = BackupName.Fitting("mail-中中中.db", Time, versions);

        Assert.That(Encoding.UTF8.GetByteCount(name + ".partial-journal"), Is.LessThanOrEqualTo(255).And.GreaterThan(200));
        Assert.That(name.Versions[0].Module, Is.Empty);
        Assert.That(BackupName.Parse("mail-中中中.db", name.ToString())?.Versions.Length, Is.EqualTo(name.Versions.Length));
    }
}
