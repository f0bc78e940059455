using FluentMigrator;
using FluentMigrator.Runner.Constraints;
using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Testing;
using Migrations.Tests.Status;
using Migrations.Tests.Support;
using NUnit.Framework;
using static Migrations.Tests.Steps.MailSteps;

namespace Migrations.Tests.Steps;

/// <summary>Single steps of a history, with rows in the tables.</summary>
[TestFixture(DatabaseStorage.Memory)]
[TestFixture(DatabaseStorage.TemporaryFile)]
public sealed class StepTests(DatabaseStorage storage)
{
    [Test]
    public void Apply_and_Revert_convert_the_rows_that_are_there()
    {
        using MigratedDatabase database = MigratedDatabase.Before<SpamInPercent>(In(storage));
        database.Insert("user", new { email = "a@b.c", spam_threshold = 12 });
        database.Apply<SpamInPercent>();
        Assert.That(database.Query<(string, int)>("SELECT email, spam_threshold FROM user"), Is.EqualTo([("a@b.c", 80)]));
        database.Revert<SpamInPercent>();
        Assert.That(database.Query<(string, int)>("SELECT email, spam_threshold FROM user"), Is.EqualTo([("a@b.c", 12)]));
    }

    [Test]
    public void Before_the_first_migration_is_an_empty_database()
    {
        using MigratedDatabase database = MigratedDatabase.Before<Users>(In(storage));

        Assert.That(database.Version, Is.Zero);
        Assert.That(() => database.Query<long>("SELECT count(*) FROM user"), Throws.InstanceOf<SqliteException>());
    }

    [Test]
    public void Before_is_at_the_version_below_and_After_at_that_of_the_migration()
    {
        using MigratedDatabase before = MigratedDatabase.Before<SpamInPercent>(In(storage));
        using MigratedDatabase after = MigratedDatabase.After<SpamInPercent>(In(storage));

        Assert.That(before.Version, Is.EqualTo(20));
        Assert.That(after.Version, Is.EqualTo(30));
        Assert.That(Default(before), Is.EqualTo("10"));
        Assert.That(Default(after), Is.EqualTo("80"));
    }

    [Test]
    public void Apply_and_Revert_tell_the_one_migration_that_they_ran()
    {
        using MigratedDatabase database = MigratedDatabase.Before<Users>(In(storage));

        Assert.That(Ran(database.Apply<Users>()), Is.EqualTo([10L]));
        Assert.That(Ran(database.Apply<Fetches>()), Is.EqualTo([20L]));
        Assert.That(database.Version, Is.EqualTo(20));
        Assert.That(Ran(database.Revert<Fetches>()), Is.EqualTo([20L]));
        Assert.That(Ran(database.Revert<Users>()), Is.EqualTo([10L]));
        Assert.That(database.Version, Is.Zero);
    }

    [Test]
    public void Apply_of_what_is_applied_is_refused()
    {
        using MigratedDatabase database = MigratedDatabase.After<SpamInPercent>(In(storage));

        Assert.That(database.Apply<SpamInPercent>, Throws.InvalidOperationException.With.Message.EqualTo(
            "SpamInPercent is applied already; the database is at version 30. Begin with MigratedDatabase.Before<SpamInPercent>(), or take it back "
            + "with Revert<SpamInPercent>()."));
    }

    [Test]
    public void Apply_where_others_come_before_is_refused_and_nothing_is_run()
    {
        using MigratedDatabase database = MigratedDatabase.After<Users>(In(storage));

        Assert.That(database.Apply<Notes>, Throws.InvalidOperationException.With.Message.EqualTo(
            "Apply<Notes>() runs that one migration, and others come before it: 20 Fetches, 30 spam threshold in percent. "
            + "Begin with MigratedDatabase.Before<Notes>(), or run all of them with MigrateTo(40)."));
        Assert.That(database.Version, Is.EqualTo(10));
        database.MigrateTo(40);
        Assert.That(database.Version, Is.EqualTo(40));
    }

    [Test]
    public void A_refusal_names_the_first_five_of_many_migrations()
    {
        EmittedStep[] steps = [.. Enumerable.Range(1, 8).Select(version => new EmittedStep(version, _ => { }))];
        MigratedDatabaseOptions options = new() { Assemblies = [EmittedAssembly.Of(steps), new StatedTypes(typeof(Notes))], Storage = storage };
        using MigratedDatabase database = MigratedDatabase.At(0, options);

        Assert.That(database.Apply<Notes>, Throws.InvalidOperationException.With.Message.Contains("others come before it: 1 M1, 2 M2, 3 M3, 4 M4, 5 M5 and 3 more. "));
    }

    [Test]
    public void Apply_below_what_is_applied_is_refused_and_nothing_is_taken_back()
    {
        using MigratedDatabase database = MigratedDatabase.After<SpamInPercent>(In(storage));
        database.Execute("DELETE FROM VersionInfo WHERE Version = 20; DROP TABLE fetch");

        Assert.That(database.Apply<Fetches>, Throws.InvalidOperationException.With.Message.EqualTo(
            "Apply<Fetches>() runs that one migration, version 20, and newer ones are applied: 30 spam threshold in percent. "
            + "Begin with MigratedDatabase.Before<Fetches>(), or take them back with MigrateTo(10)."));
        Assert.That(database.Version, Is.EqualTo(30));
    }

    [Test]
    public void Revert_of_what_is_not_applied_is_refused()
    {
        using MigratedDatabase database = MigratedDatabase.Before<SpamInPercent>(In(storage));

        Assert.That(database.Revert<SpamInPercent>, Throws.InvalidOperationException.With.Message.EqualTo(
            "SpamInPercent is not applied; the database is at version 20. Begin with MigratedDatabase.After<SpamInPercent>(), or run it with "
            + "Apply<SpamInPercent>()."));
    }

    [Test]
    public void Revert_where_newer_ones_are_applied_is_refused_and_nothing_is_taken_back()
    {
        using MigratedDatabase database = MigratedDatabase.After<Notes>(In(storage));

        Assert.That(database.Revert<Fetches>, Throws.InvalidOperationException.With.Message.EqualTo(
            "Revert<Fetches>() takes back that one migration, and newer ones are applied: 30 spam threshold in percent, 40 Notes. "
            + "Begin with MigratedDatabase.After<Fetches>(), or take all of them back with MigrateTo(10)."));
        Assert.That(database.Version, Is.EqualTo(40));
    }

    [Test]
    public void Apply_and_Revert_in_an_open_transaction_are_refused_at_once()
    {
        using MigratedDatabase database = MigratedDatabase.After<Fetches>(In(storage));
        using (SqliteTransaction transaction = database.Connection.BeginTransaction())
        {
            database.Insert("user", new { email = "a@b.c", spam_threshold = 12 });

            Assert.That(database.Apply<SpamInPercent>, Throws.InvalidOperationException.With.Message.EqualTo(
                "Apply<SpamInPercent>() can't run while a transaction is open on the database's connection. Commit it or roll it back first."));
            Assert.That(database.Revert<Fetches>, Throws.InvalidOperationException.With.Message.StartsWith("Revert<Fetches>() can't run while"));
            transaction.Commit();
        }

        database.Apply<SpamInPercent>();
        Assert.That(database.Single<long>("SELECT spam_threshold FROM user"), Is.EqualTo(80));
    }

    [Test]
    public void A_migration_that_is_not_in_the_assemblies_is_refused()
    {
        using MigratedDatabase database = MigratedDatabase.After<Notes>(In(storage));

        Assert.That(() => MigratedDatabase.Before<Elsewhere>(In(storage)), Throws.ArgumentException.With.Message.Contains("MailSteps+Elsewhere"));
        Assert.That(() => MigratedDatabase.After<Elsewhere>(In(storage)), Throws.ArgumentException.With.Message.Contains("MailSteps+Elsewhere"));
        Assert.That(database.Apply<Elsewhere>, Throws.ArgumentException.With.Message.Contains("MailSteps+Elsewhere"));
        Assert.That(database.Revert<Elsewhere>, Throws.ArgumentException.With.Message.Contains("MailSteps+Elsewhere"));
    }

    [Test]
    public void A_migration_that_fails_leaves_rows_and_version_as_they_were()
    {
        using MigratedDatabase database = MigratedDatabase.Before<Refusing>(new() { Assemblies = [new StatedTypes(typeof(Users), typeof(Refusing))], Storage = storage });
        database.Insert("user", new { email = "a@b.c" });

        Assert.That(database.Apply<Refusing>, Throws.InstanceOf<UpgradeFailedException>());
        Assert.That(database.Version, Is.EqualTo(10));
        Assert.That(database.Single<string>("SELECT email FROM user"), Is.EqualTo("a@b.c"));
    }

    [Test]
    public void A_migration_that_a_constraint_holds_back_is_refused()
    {
        using MigratedDatabase database = MigratedDatabase.Before<HeldBack>(new() { Assemblies = [new StatedTypes(typeof(Users), typeof(HeldBack))], Storage = storage });

        Assert.That(database.Apply<HeldBack>, Throws.InvalidOperationException.With.Message.StartsWith("HeldBack is held back by a MigrationConstraint attribute"));
    }

    [Test]
    public void Tags_and_functions_of_the_application_reach_the_step()
    {
        MigratedDatabaseOptions options = new()
        {
            Assemblies = [new StatedTypes(typeof(Users), typeof(Reversed))],
            Storage = storage,
            Configure = asked =>
            {
                asked.Tags.Add("reversed");
                asked.ConnectionOpened = connection => connection.CreateFunction("reverse", (string text) => string.Concat(text.Reverse()), isDeterministic: true);
            },
        };
        using MigratedDatabase database = MigratedDatabase.Before<Reversed>(options);
        database.Insert("user", new { email = "abc" });
        database.Apply<Reversed>();
        Assert.That(database.Single<(string, string)>("SELECT email, reverse(email) FROM user"), Is.EqualTo(("cba", "abc")));
        database.Revert<Reversed>();
        Assert.That(database.Single<string>("SELECT email FROM user"), Is.EqualTo("abc"));
    }

    [Test]
    public void A_module_beside_the_application_stays_as_it_is()
    {
        MigratedDatabaseOptions options = new()
        {
            Assemblies = [MailSteps.Assembly],
            Storage = storage,
            Configure = asked => asked.Modules.Add("blog", new StatedTypes(typeof(AwkwardMigrations.Plain))),
        };
        using MigratedDatabase database = MigratedDatabase.Before<SpamInPercent>(options);
        bool was = Exists(database, "Plain");

        database.Apply<SpamInPercent>();
        Assert.That(Exists(database, "Plain"), Is.EqualTo(was));
        database.Revert<SpamInPercent>();
        Assert.That(Exists(database, "Plain"), Is.EqualTo(was));
        Assert.That(() => MigratedDatabase.Before<AwkwardMigrations.Plain>(options), Throws.ArgumentException);
    }

    [Test]
    public void Steps_of_many_databases_run_beside_each_other()
    {
        Parallel.For(0, 24, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            using MigratedDatabase database = MigratedDatabase.Before<SpamInPercent>(In(storage));
            database.Insert("user", Enumerable.Range(0, i).Select(n => new { email = $"{n}@{i}", spam_threshold = 3 }));
            database.Apply<SpamInPercent>();
            Assert.That(database.Query<(string, int)>("SELECT email, spam_threshold FROM user ORDER BY id"), Is.EqualTo(Enumerable.Range(0, i).Select(n => ($"{n}@{i}", 20))));
            database.Revert<SpamInPercent>();
            Assert.That(database.Query<int>("SELECT spam_threshold FROM user"), Is.EqualTo(Enumerable.Repeat(3, i)));
        });
    }

    [Test]
    public void A_database_that_was_disposed_of_takes_no_step()
    {
        MigratedDatabase database = MigratedDatabase.After<Fetches>(In(storage));
        database.Dispose();

        Assert.That(database.Apply<SpamInPercent>, Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(database.Revert<Fetches>, Throws.InstanceOf<ObjectDisposedException>());
    }

    private static string Default(MigratedDatabase database) =>
        database.Single<string>("SELECT dflt_value FROM pragma_table_info('user') WHERE name = 'spam_threshold'");

    private static bool Exists(MigratedDatabase database, string table) =>
        database.Single<bool>("SELECT count(*) FROM sqlite_schema WHERE name = @table", new { table });

    private static IEnumerable<long> Ran(UpgradeResult result) => result.Migrations.Select(migration => migration.Migration.Version);

    [Migration(20)]
    private sealed class Refusing : Migration
    {
        public override void Up()
        {
            Execute.Sql("DELETE FROM user");
            Execute.Sql("INSERT INTO nowhere VALUES (1)");
        }

        public override void Down() => throw new NotSupportedException();
    }

    [AttributeUsage(AttributeTargets.Class)]
    private sealed class NeverAttribute() : MigrationConstraintAttribute(_ => false);

    [Migration(20)]
    [Never]
    private sealed class HeldBack : Migration
    {
        public override void Up() => throw new NotSupportedException();

        public override void Down() => throw new NotSupportedException();
    }

    [Migration(20)]
    [Tags("reversed")]
    private sealed class Reversed : Migration
    {
        public override void Up() => Execute.Sql("UPDATE user SET email = reverse(email)");

        public override void Down() => Execute.Sql("UPDATE user SET email = reverse(email)");
    }
}
