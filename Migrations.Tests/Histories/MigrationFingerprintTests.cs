using System.Globalization;
using FluentMigrator;
using NUnit.Framework;

namespace Migrations.Tests.Histories;

public sealed class MigrationFingerprintTests
{
    private static IEnumerable<MigrationPair> SameMeaning => MigrationPairs.SameMeaning;

    private static IEnumerable<MigrationPair> OtherMeaning => MigrationPairs.OtherMeaning;

    [TestCaseSource(nameof(SameMeaning))]
    public void Of_whatMeansTheSame_isTheSame(MigrationPair pair)
    {
        string? fingerprint = Fingerprint.Of(pair.First);

        Assert.That(fingerprint, Is.Not.Null);
        Assert.That(Fingerprint.Of(pair.Second), Is.EqualTo(fingerprint));
    }

    [TestCaseSource(nameof(OtherMeaning))]
    public void Of_whatMeansSomethingElse_isAnother(MigrationPair pair)
    {
        string? first = Fingerprint.Of(pair.First);
        string? second = Fingerprint.Of(pair.Second);

        Assert.That(first, Is.Not.Null);
        Assert.That(second, Is.Not.Null);
        Assert.That(second, Is.Not.EqualTo(first));
    }

    [Test]
    public void Of_anotherClass_isTheSame() =>
        Assert.That(
            Fingerprint.Of(new ReversingTable()),
            Is.EqualTo(Fingerprint.Of(m => m.Create.Table("t").WithColumn("a").AsInt32().NotNullable())).And.Not.Null);

    [TestCase("de-DE")]
    [TestCase("tr-TR")]
    [TestCase("ar-SA")]
    [NonParallelizable]
    public void Of_underAnotherCulture_isTheSame(string name)
    {
        static void Up(Migration m)
        {
            m.Create.Table("INFO").WithColumn("i").AsDouble().WithDefaultValue(1.5).WithColumn("d").AsDateTime().WithDefaultValue(new DateTime(2024, 5, 6, 7, 8, 9));
            m.Execute.Sql(FormattableString.CurrentCulture($"INSERT INTO INFO (i) VALUES ({2.5})"));
        }

        string? here = Fingerprint.Of(Up);
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
        try
        {
            Assert.That(Fingerprint.Of(Up), Is.EqualTo(here).And.Not.Null);
            Assert.That(CultureInfo.CurrentCulture.Name, Is.EqualTo(name), "the culture is put back");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    public void Of_aMigrationThatIsDifferentEachTime_isNull()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Fingerprint.Of(m => m.Insert.IntoTable("t").Row(new { id = Guid.NewGuid() })), Is.Null);
            Assert.That(Fingerprint.Of(m => m.Insert.IntoTable("t").Row(new { at = TimeProvider.System.GetUtcNow().UtcDateTime })), Is.Null);
            Assert.That(Fingerprint.Of(m => m.Execute.Sql($"INSERT INTO t VALUES ('{Guid.NewGuid()}')")), Is.Null);
        }
    }

    [Test]
    public void Of_aMigrationThatNeedsItsDatabase_isNull()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Fingerprint.Of(_ => throw new InvalidOperationException("not here")), Is.Null);
            Assert.That(
                Fingerprint.Of(m =>
                {
                    using Microsoft.Data.Sqlite.SqliteConnection connection = new(m.ConnectionString);
                    connection.Open();
                    using Microsoft.Data.Sqlite.SqliteCommand command = connection.CreateCommand();
                    command.CommandText = "SELECT a FROM t";
                    m.Insert.IntoTable("u").Row(new { a = command.ExecuteScalar() });
                }),
                Is.Null);
        }
    }

    [Test]
    public void Of_aMigrationThatFailsWhereNothingIsThere_isTakenFromWhereSomethingIs()
    {
        static Action<Migration> Guarded(string table) => m =>
        {
            if (!m.Schema.Table("old").Exists())
            {
                throw new InvalidOperationException("The table is missing.");
            }

            m.Rename.Table("old").To(table);
        };

        Assert.That(Fingerprint.Of(Guarded("a")), Is.Not.Null);
        Assert.That(Fingerprint.Of(Guarded("a")), Is.Not.EqualTo(Fingerprint.Of(Guarded("b"))));
    }

    [Test]
    public void Of_aMigrationThatLooksForAFreeName_ends()
    {
        static void Up(Migration m)
        {
            int i = 0;
            while (m.Schema.Table($"t{i}").Exists())
            {
                i++;
            }

            m.Create.Table($"t{i}").WithColumn("a").AsInt32();
        }

        Assert.That(Fingerprint.Of(Up), Is.Not.Null);
    }

    [Test]
    public void Of_aScriptInAFile_goesByItsContent()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("migrations-");
        try
        {
            string first = Path.Combine(folder.FullName, "first.sql");
            string second = Path.Combine(folder.FullName, "second.sql");
            File.WriteAllText(first, "CREATE TABLE t(a);\n");
            File.WriteAllText(second, "-- the same\ncreate table t ( a )");
            string? fingerprint = Fingerprint.Of(m => m.Execute.Script(first));

            Assert.That(fingerprint, Is.Not.Null);
            Assert.That(Fingerprint.Of(m => m.Execute.Script(second)), Is.EqualTo(fingerprint));
            Assert.That(Fingerprint.Of(m => m.Execute.Sql("CREATE TABLE t(a)")), Is.Not.Null);
            File.WriteAllText(second, "CREATE TABLE t(b)");
            Assert.That(Fingerprint.Of(m => m.Execute.Script(second)), Is.Not.EqualTo(fingerprint));
            File.Delete(first);
            Assert.That(Fingerprint.Of(m => m.Execute.Script(first)), Is.Null, "what is gone can't be compared");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed class ReversingTable : AutoReversingMigration
    {
        public override void Up() => Create.Table("t").WithColumn("a").AsInt32().NotNullable();
    }
}
