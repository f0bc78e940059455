using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Cli;

/// <summary>The application's own options (IMigratorSetup) hold in the tool.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class SetupClassTests
{
    private const string Migrations = """
        [Migration(1)]
        public sealed class CreateUser : Migration
        {
            public override void Up() => Execute.Sql("CREATE TABLE \"user\" (name TEXT COLLATE LETTERS, quota INTEGER CHECK (fits(quota)))");

            public override void Down() => Delete.Table("user");
        }

        [Migration(2)]
        public sealed class AddUsers : Migration
        {
            public override void Up() => Execute.Sql("INSERT INTO \"user\" VALUES ('ADA', 1); CREATE UNIQUE INDEX by_name ON \"user\" (name)");

            public override void Down() => Delete.FromTable("user").AllRows();
        }

        """;

    private const string Setup = """
        public sealed class MailSetup : IMigratorSetup
        {
            public void Configure(DatabaseMigratorOptions options)
            {
                options.ConnectionString = "Data Source=app.db";
                options.ApplicationId = 4711;
                options.ConnectionOpened = connection =>
                {
                    connection.CreateCollation("LETTERS", (left, right) => string.Compare(left, right, StringComparison.OrdinalIgnoreCase));
                    connection.CreateFunction("fits", (long quota) => quota < 100, isDeterministic: true);
                };
            }
        }

        """;

    [Test]
    public void Applications_functions_collations_and_id_hold_in_every_verb()
    {
        using ToolFolder folder = new();
        SetupAssembly.Write(folder.Path("App.dll"), Migrations + Setup);
        string[] named = ["--assembly", "App.dll"]; // The class names the database too.

        ToolOutcome upgrade = folder.Run(["upgrade", "--yes", .. named]);
        ToolOutcome verify = folder.Run(["verify", .. named]);
        ToolOutcome schema = folder.Run(["schema", .. named]);
        folder.Execute("PRAGMA application_id = 99");
        ToolOutcome other = folder.Run(["status", .. named]);

        Assert.That(upgrade.ExitCode, Is.Zero, upgrade.Text);
        Assert.That(verify.Output, Does.Contain("Nothing is wrong"), verify.Text);
        Assert.That(schema.Output, Does.Contain("COLLATE LETTERS"), schema.Text);
        Assert.That(
            other.Output,
            Does.StartWith(
                "\"~/app.db\" belongs to another application: its application_id is 99, and this application's is 4711. Name another file (--database)."));
    }

    [Test]
    public void Upgrade_writes_the_applications_id()
    {
        using ToolFolder folder = new();
        SetupAssembly.Write(folder.Path("App.dll"), Migrations + Setup);

        folder.Run(["upgrade", "--yes", "--quiet", .. ToolFolder.Named]);

        using SqliteConnection connection = folder.Open();
        Assert.That(connection.Scalar<long>("PRAGMA application_id"), Is.EqualTo(4711));
    }

    [Test]
    public void Migrations_may_be_in_another_assembly_than_the_class_and_options_take_its_place()
    {
        using ToolFolder folder = new();
        SqlMigrations.Write(
            folder.Path("Schema.dll"),
            new(1, "CreateUser", "CREATE TABLE \"user\" (id INTEGER PRIMARY KEY)"),
            new(2, "CreateGroup", "CREATE TABLE \"group\" (id INTEGER PRIMARY KEY)"));
        SqlMigrations.Write(folder.Path("Jobs.dll"), new SqlMigration(1, "CreateJob", "CREATE TABLE job (id INTEGER PRIMARY KEY)"));
        SetupAssembly.Write(
            folder.Path("App.dll"),
            """
            public sealed class AppSetup : IMigratorSetup
            {
                public void Configure(DatabaseMigratorOptions options)
                {
                    options.ConnectionString = "Data Source=never.db";
                    options.Assemblies.Add(typeof(CreateUser).Assembly);
                    options.OutOfOrder = HistoryPolicy.Refuse;
                    options.Backup.Folder = "never";
                }
            }
            """,
            folder.Path("Schema.dll"));

        ToolOutcome upgrade = folder.Run(["upgrade", "--yes", "--module", "jobs=Jobs.dll", .. ToolFolder.Named]);
        folder.Execute("DELETE FROM VersionInfo WHERE Version = 1; DROP TABLE \"user\"");
        ToolOutcome refused = folder.Run(["upgrade", "--module", "jobs=Jobs.dll", .. ToolFolder.Named]);
        ToolOutcome allowed = folder.Run(
            ["upgrade", "--yes", "--allow", "out-of-order", "--backup-folder", "kept", "--module", "jobs=Jobs.dll", .. ToolFolder.Named]);

        Assert.That(upgrade.ExitCode, Is.Zero, upgrade.Text);
        Assert.That(
            refused.Text,
            Is.EqualTo(
                "! \"~/app.db\" is at version 2, and lacks the migration 1 CreateUser, which comes before it: give later versions, or allow it "
                + "(--allow out-of-order).\n= 3\n"));
        Assert.That(allowed.ExitCode, Is.Zero, allowed.Text);
        Assert.That(Directory.GetFiles(folder.Path("kept")), Has.Length.EqualTo(1));
        Assert.That((File.Exists(folder.Path("never.db")), Directory.Exists(folder.Path("never"))), Is.EqualTo((false, false)));
    }

    [TestCase("One", null, "")]
    [TestCase("Two", null, "! Several classes set an application's options: One, Two. Name the one that is meant by --setup.\n= 2\n")]
    [TestCase("Two", "Two", "")]
    [TestCase("One", "Three", "! There is no class \"Three\" with an application's options (IMigratorSetup): there is One.\n= 2\n")]
    [TestCase("Hidden", "Hidden", "! Hidden can't be made: give it a public constructor without parameters.\n= 2\n")]
    [TestCase("Failing", "Failing", "! Failing can't set the options: the key is nowhere\n= 2\n")]
    public void One_class_is_chosen_or_the_way_out_is_told(string second, string? named, string message)
    {
        using ToolFolder folder = new();
        string code = Migrations + Setup.Replace("MailSetup", "One", StringComparison.Ordinal);
        string body = second switch
        {
            "Failing" => "public void Configure(DatabaseMigratorOptions options) => throw new InvalidOperationException(\"the key is nowhere\");",
            "Hidden" => "private Hidden() { } public void Configure(DatabaseMigratorOptions options) { }",
            _ => "public void Configure(DatabaseMigratorOptions options) => options.ConnectionOpened = connection => { connection.CreateCollation(\"LETTERS\", string.CompareOrdinal); connection.CreateFunction(\"fits\", (long quota) => true); };",
        };
        SetupAssembly.Write(folder.Path("App.dll"), second == "One" ? code : $"{code}public sealed class {second} : IMigratorSetup {{ {body} }}");

        ToolOutcome outcome = folder.Run(["upgrade", "--yes", "--quiet", .. ToolFolder.Named, .. named is null ? [] : (string[])["--setup", named]]);

        Assert.That(outcome.ExitCode is 0 ? "" : outcome.Text, Is.EqualTo(message));
    }

    [Test]
    public void Named_file_takes_the_place_of_the_applications_and_its_key_stays()
    {
        using ToolFolder folder = new();
        SetupAssembly.Write(
            folder.Path("App.dll"), Migrations + Setup.Replace("Data Source=app.db", "Data Source=never.db;Password=open sesame", StringComparison.Ordinal));

        folder.Execute("CREATE TABLE note (text)");
        ToolOutcome keyed = folder.Run(["status", .. ToolFolder.Named]);
        ToolOutcome replaced = folder.Run(["status", "--assembly", "App.dll", "--connection", "Data Source=app.db"]);

        // Microsoft.Data.Sqlite knows of the bundled library only that it has no use for a key, and says so.
#if SYSTEM_SQLITE
        Assert.That(keyed.Output, Is.EqualTo(replaced.Output));
#else
        Assert.That(keyed.Error, Does.Contain("password").IgnoreCase);
#endif
        Assert.That(replaced.Output, Does.StartWith("\"~/app.db\" holds tables and no history of migrations"));
        Assert.That(File.Exists(folder.Path("never.db")), Is.False);
    }

    [Test]
    public void Collation_that_compares_by_culture_orders_an_index_as_the_application_does()
    {
        static int Compare(string left, string right) => CultureInfo.InvariantCulture.CompareInfo.Compare(left, right);
        using ToolFolder folder = new();
        SetupAssembly.Write(
            folder.Path("App.dll"),
            """
            [Migration(1)]
            public sealed class CreateUser : Migration
            {
                public override void Up() => Execute.Sql(
                    "CREATE TABLE user (name TEXT COLLATE LETTERS PRIMARY KEY) WITHOUT ROWID; INSERT INTO user VALUES ('Zoe'), ('Äda'), ('ada'), ('Bob'), ('bob'), ('äda'), ('co-op'), ('coop')");

                public override void Down() => Delete.Table("user");
            }

            public sealed class UserSetup : IMigratorSetup
            {
                public void Configure(DatabaseMigratorOptions options) => options.ConnectionOpened = connection => connection.CreateCollation(
                    "LETTERS", System.Globalization.CultureInfo.InvariantCulture.CompareInfo.Compare);
            }
            """);

        ToolOutcome outcome = folder.Run(["upgrade", "--yes", .. ToolFolder.Named]);

        Assert.That(outcome.ExitCode, Is.Zero, outcome.Text);
        using SqliteConnection connection = folder.Open();
        connection.CreateCollation("LETTERS", Compare);
        Assert.That(connection.Scalar<string>("PRAGMA integrity_check"), Is.EqualTo("ok"));
        Assert.That(connection.Rows("SELECT name FROM user").Select(row => (string)row[0]!), Is.Ordered.Using<string>(Compare).And.Exactly(8).Items);
    }
}
