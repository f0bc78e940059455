using MailServer.Revisions;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Runner;
using Migrations.Testing;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Repository;

/// <summary>The code of docs/testing-migrations.md, which a test compares with the page. What is a test there is one here.</summary>
internal static class TestingMigrationsCode
{
    internal sealed class DatabaseTests
    {
        [Test]
        public void Databases_of_the_page_are_at_their_versions()
        {
            using MigratedDatabase newest = MigratedDatabase.Latest(typeof(R00_InitialSchema).Assembly);
            using MigratedDatabase old = MigratedDatabase.At(5, typeof(R00_InitialSchema).Assembly);

            using MigratedDatabase inFile = MigratedDatabase.Latest(new MigratedDatabaseOptions
            {
                Assemblies = [typeof(R00_InitialSchema).Assembly],
                Storage = DatabaseStorage.TemporaryFile,
            });

            MigratedDatabaseOptions cached = new()
            {
                Assemblies = [typeof(R00_InitialSchema).Assembly],
                CacheFolder = Path.Combine(AppContext.BaseDirectory, "templates"),
            };
            using MigratedDatabase fromCache = MigratedDatabase.At(5, cached);

            Assert.That(fromCache.Schema, Is.EqualTo(old.Schema));
            Assert.That(newest.Version, Is.EqualTo(33));
            Assert.That(old.Version, Is.EqualTo(5));
            Assert.That(inFile.Path, Does.Exist);
        }
    }

    internal sealed class ApplicationTests
    {
        [Test]
        public void Application_reads_the_rows_of_the_page()
        {
            using MigratedDatabase database = MigratedDatabase.Latest(typeof(R00_InitialSchema).Assembly);
            database.Fill();

            using SqliteConnection connection = new(database.ConnectionString);
            connection.Open();

            Assert.That(connection.Scalar<long>("SELECT count(*) FROM user"), Is.EqualTo(20));
        }
    }

    internal sealed class StepTests
    {
        [Test]
        public void Names_are_lowered_with_all_that_refers_to_them()
        {
            using MigratedDatabase database = MigratedDatabase.Before<R22_LowerCaseNamesAndAddresses>();
            database.Insert("domain", new { name = "MÜNCHEN.example", created_at = "2016-07-01", max_users = 0, max_aliases = 0 });
            database.Insert("manager", new { domain_name = "MÜNCHEN.example" });

            database.Apply<R22_LowerCaseNamesAndAddresses>();

            Assert.That(
                database.Single<(string, string)>("SELECT name, domain_name FROM domain, manager"),
                Is.EqualTo(("münchen.example", "münchen.example")));
        }

        [Test]
        public void Names_that_differ_only_in_case_are_refused()
        {
            using MigratedDatabase database = MigratedDatabase.Before<R22_LowerCaseNamesAndAddresses>();
            database.Insert("relay", new { name = "Example.org", created_at = "2017-09-11" }, new { name = "EXAMPLE.org", created_at = "2017-09-11" });

            Assert.That(
                () => database.Apply<R22_LowerCaseNamesAndAddresses>(),
                Throws.TypeOf<UpgradeFailedException>().With.InnerException.TypeOf<RowsRefusedException>());
        }

        [TestCase(7.5, 50)]
        [TestCase(15.0, 100)]
        [TestCase(null, 0)]
        public void Points_become_percent(double? points, long percent)
        {
            using MigratedDatabase database = MigratedDatabase.Before<R04_SpamThresholdInPercent>();
            database.Fill(new GeneratedRows { PerTable = 1 }.With("user", "spam_threshold", _ => points));

            database.Apply<R04_SpamThresholdInPercent>();

            Assert.That(database.Single<long>("SELECT spam_threshold FROM user"), Is.EqualTo(percent));
        }
    }
}
