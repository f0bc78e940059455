using Microsoft.Data.Sqlite;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Cli;

/// <summary>Migrations that come from several modules.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class SetupModuleTests
{
    private static readonly SqlMigration[] Own =
    [
        new(1, "CreateUser", "CREATE TABLE \"user\" (id INTEGER PRIMARY KEY)", "DROP TABLE \"user\""),
        new(2, "CreateGroup", "CREATE TABLE \"group\" (id INTEGER PRIMARY KEY)", "DROP TABLE \"group\""),
    ];

    [Test]
    public void Modules_of_options_go_first_and_versions_are_the_applications_own()
    {
        using ToolFolder folder = Prepared();
        string[] named = [.. ToolFolder.Named, "--module", "jobs=Jobs.dll", "--module", "blog=Blog.dll"];

        ToolOutcome upgrade = folder.Run(["upgrade", "--yes", "--quiet", .. named]);
        ToolOutcome downgrade = folder.Run(["downgrade", "--to", "1", "--yes", "--quiet", .. named]);
        ToolOutcome status = folder.Run(["status", .. named]);
        ToolOutcome schema = folder.Run(["schema", "--at", "0", .. named]);

        Assert.That(
            upgrade.Text,
            Is.EqualTo(
                """
                  up   5  CreateJob
                  up  10  CreateBlog
                  up   1  CreateUser
                  up   2  CreateGroup

                "~/app.db" went from version jobs 0, blog 0, 0 to version jobs 5, blog 10, 2: 4 migrations in N s.
                = 0

                """));
        Assert.That(downgrade.Output, Does.Contain("to version jobs 5, blog 10, 1"), downgrade.Text);
        Assert.That(status.Output, Does.Contain("Module jobs:\n  applied  5  CreateJob\n").And.Contain("  pending  2  CreateGroup\n"), status.Text);
        Assert.That(schema.Output, Does.Contain("CREATE TABLE job").And.Not.Contain("\"user\""), schema.Text);
    }

    [Test]
    public void Modules_of_the_file_say_what_comes_before_them()
    {
        using ToolFolder folder = Prepared();
        File.WriteAllText(
            folder.Path("migrations.json"),
            """{ "assembly": "App.dll", "database": "app.db", "modules": { "jobs": { "assembly": "Jobs.dll", "after": ["blog", ""] }, "blog": "Blog.dll" } }""");

        ToolOutcome upgrade = folder.Run("upgrade", "--yes", "--quiet");

        Assert.That(
            upgrade.Output.Split('\n')[..4].Select(line => line.Trim().Split(' ')[^1]), Is.EqualTo(["CreateBlog", "CreateUser", "CreateGroup", "CreateJob"]), upgrade.Text);
    }

    [Test]
    public void Application_may_have_nothing_but_modules()
    {
        using ToolFolder folder = Prepared();
        string[] named = ["--database", "app.db", "--module", "jobs=Jobs.dll"];

        ToolOutcome toVersion = folder.Run(["upgrade", "--to", "5", .. named]);
        ToolOutcome plan = folder.Run(["plan", .. named]);
        ToolOutcome upgrade = folder.Run(["upgrade", "--yes", "--quiet", .. named]);

        Assert.That(
            toVersion.Text, Is.EqualTo("! A version is one of the application's own migrations, and all of these come from modules: leave it out.\n= 2\n"));
        Assert.That(plan.ExitCode, Is.Zero, plan.Text);
        Assert.That(upgrade.ExitCode, Is.Zero, upgrade.Text);
        using SqliteConnection connection = folder.Open();
        Assert.That(connection.Scalar<long>("SELECT count(*) FROM sqlite_schema WHERE name = 'job'"), Is.EqualTo(1));
    }

    [TestCase("jobs", "\"jobs\" is no module: give its name and its assembly, such as jobs=bin/Jobs.dll. See --help.")]
    [TestCase("jobs=Nothing.dll", "There is no assembly \"~/Nothing.dll\": build it, or let the tool build it (--project).")]
    [TestCase("a b=Jobs.dll", "The module name \"a b\" must consist of letters, digits, '.', '_' and '-'.")]
    public void Module_with_a_fault_is_refused(string module, string message)
    {
        using ToolFolder folder = Prepared();

        Assert.That(folder.Run(["status", "--module", module, .. ToolFolder.Named]).Text, Is.EqualTo($"! {message}\n= 2\n"));
    }

    private static ToolFolder Prepared()
    {
        ToolFolder folder = new ToolFolder().With(Own);
        SqlMigrations.Write(folder.Path("Jobs.dll"), new SqlMigration(5, "CreateJob", "CREATE TABLE job (id INTEGER PRIMARY KEY)"));
        SqlMigrations.Write(folder.Path("Blog.dll"), new SqlMigration(10, "CreateBlog", "CREATE TABLE blog (id INTEGER PRIMARY KEY)"));
        return folder;
    }
}
