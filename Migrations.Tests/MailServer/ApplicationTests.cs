using System.Diagnostics;
using System.Globalization;
using MailServer;
using NUnit.Framework;

namespace Migrations.Tests.MailServer;

/// <summary>The sample as a program: what it prints and returns.</summary>
internal sealed class ApplicationTests
{
    [Test]
    public void Run_with_a_new_file_prints_every_revision_and_what_is_in_the_database()
    {
        using MailFile file = new();

        (int code, string output, string error) = Run(file.Path, "--seed");

        Assert.That(code, Is.Zero, error);
        Assert.That(error, Is.Empty);
        Assert.That(
            output.Split('\n').Where(line => line.Length > 2 && char.IsAsciiDigit(line[0])).Select(line => line[..2]),
            Is.EqualTo(Enumerable.Range(0, 33).Select(number => number.ToString("00", CultureInfo.InvariantCulture))));
        Assert.That(output, Does.Match(@"\n   user +created\n"));
        Assert.That(output, Does.Match(@"\n04 27ae2f102682 .* ms\n   user +in place, 4 rows updated, [\d.]+ ms: "));
        Assert.That(output, Does.Contain("is at revision 32 and holds:"));
        Assert.That(output, Does.Match(@"\n   user +6 rows\n"));
        Assert.That(output, Does.Contain("email 'admin@example.com'").And.Contain("spam_threshold 66"));
        Assert.That(output, Does.Not.Contain("BLF-CRYPT"));
    }

    [Test]
    public void Run_on_an_old_database_with_rows_applies_only_what_is_pending()
    {
        using MailFile file = new();
        Run(file.Path, "--at", "3", "--seed");

        (int code, string output, string error) = Run(file.Path);

        Assert.That(code, Is.Zero, error);
        Assert.That(output, Does.Contain("is at revision 03, and goes to revision 32."));
        Assert.That(output, Does.Not.Contain("\n03 ").And.Contain("\n04 "));
        Assert.That(output, Does.Match(@"\n   user +4 rows\n"));
    }

    [Test]
    public void Run_a_second_time_does_nothing()
    {
        using MailFile file = new();
        Run(file.Path, "--seed");
        byte[] before = File.ReadAllBytes(file.Path);

        (int code, string output, string error) = Run(file.Path, "--seed");

        Assert.That(code, Is.Zero, error);
        Assert.That(output, Does.Contain("Nothing to do: ").And.Contain("is at revision 32 and holds:"));
        Assert.That(File.ReadAllBytes(file.Path), Is.EqualTo(before));
    }

    [Test]
    public void Run_with_a_lower_revision_goes_down()
    {
        using MailFile file = new();
        Run(file.Path, "--seed");

        (int code, string output, string error) = Run(file.Path, "--at", "0");

        Assert.That(code, Is.Zero, error);
        Assert.That(output, Does.Match(@"\n12 9400a032eb1a .*\(taken back\).*\n   token +dropped\n"));
        Assert.That(output, Does.Contain("is at revision 00 and holds:"));
    }

    [TestCase("The FILE is missing")]
    [TestCase("There is one FILE, and \"b.db\" is not it", "a.db", "b.db")]
    [TestCase("The option \"--fast\" is unknown", "a.db", "--fast")]
    [TestCase("--at needs the number of a revision, 0 to 32", "a.db", "--at")]
    [TestCase("There is no revision \"33\": name one from 0 to 32.", "a.db", "--at", "33")]
    [TestCase("There is no revision \"-1\": name one from 0 to 32.", "a.db", "--at", "-1")]
    [TestCase("There is no revision \"newest\": name one from 0 to 32.", "a.db", "--at", "newest")]
    [TestCase("The name of the FILE is empty", "")]
    [TestCase("There is one thing to do at a time", "a.db", "--plan", "--status")]
    [TestCase("The option \"--seed\" does not go with the others", "a.db", "--seed", "--plan")]
    [TestCase("The option \"--at\" does not go with the others", "a.db", "--at", "3", "--backup")]
    [TestCase("The option \"--urls\" does not go with the others", "a.db", "--urls", "x")]
    [TestCase("--restore needs the file of a BACKUP", "a.db", "--restore")]
    [TestCase("--urls needs URLS", "a.db", "--serve", "--urls")]
    public void Run_with_arguments_that_make_no_sense_returns_2_and_says_what_to_write(string message, params string[] args)
    {
        (int code, string output, string error) = Run(args);

        Assert.That(code, Is.EqualTo(2));
        Assert.That(output, Is.Empty);
        AssertOneLine(error, message);
    }

    [Test]
    public void Run_without_the_folder_returns_1_and_makes_nothing()
    {
        using MailFile file = new();

        (int code, _, string error) = Run(file.Beside("missing/mail.db"));

        Assert.That(code, Is.EqualTo(1));
        AssertOneLine(error, "does not exist: create it");
        Assert.That(Directory.Exists(file.Beside("missing")), Is.False);
    }

    [Test]
    public void Run_on_a_folder_returns_1()
    {
        using MailFile file = new();

        (int code, _, string error) = Run(file.Beside("."));

        Assert.That(code, Is.EqualTo(1));
        AssertOneLine(error, "is a folder: name a file");
    }

    [Test]
    public void Run_on_a_file_that_is_no_database_returns_1_and_leaves_it()
    {
        using MailFile file = new();
        File.WriteAllText(file.Path, "This is a letter, and no database. It is longer than a header of a hundred bytes, so that nothing is missing.");
        byte[] before = File.ReadAllBytes(file.Path);

        (int code, _, string error) = Run(file.Path);

        Assert.That(code, Is.EqualTo(1));
        AssertOneLine(error, "is no SQLite database: name another file");
        Assert.That(File.ReadAllBytes(file.Path), Is.EqualTo(before));
    }

    [Test]
    public void Run_on_a_database_of_something_else_returns_1_and_leaves_it()
    {
        using MailFile file = new();
        file.Execute("CREATE TABLE user (name TEXT); INSERT INTO user VALUES ('x')");
        byte[] before = File.ReadAllBytes(file.Path);

        (int code, _, string error) = Run(file.Path);

        Assert.That(code, Is.EqualTo(1));
        AssertOneLine(error, "holds tables and no history of migrations: ");
        Assert.That(File.ReadAllBytes(file.Path), Is.EqualTo(before));
    }

    [Test]
    public void Run_on_a_database_of_a_newer_program_returns_1_and_leaves_it()
    {
        using MailFile file = new();
        Run(file.Path, "--at", "0");
        file.Execute("INSERT INTO VersionInfo (Version, AppliedOn, Description) VALUES (41, '2027-01-01', 'the future')");

        (int code, _, string error) = Run(file.Path);

        Assert.That(code, Is.EqualTo(1));
        AssertOneLine(error, "is at version 41, and this application knows versions up to 33: start the newer application");
    }

    [Test]
    public void Run_with_rows_that_do_not_fit_returns_1_and_says_how_to_go_on()
    {
        using MailFile file = new();
        Run(file.Path, "--at", "8");

        (int code, _, string error) = Run(file.Path, "--seed");

        Assert.That(code, Is.EqualTo(1));
        AssertOneLine(error, "start from a new file, or leave out --seed.");
        Assert.That(Run(file.Path).Code, Is.Zero);
    }

    [Test]
    public void Run_with_addresses_that_differ_only_in_case_returns_1_and_names_them()
    {
        using MailFile file = new();
        Run(file.Path, "--at", "31", "--seed");
        file.Execute("INSERT INTO alias (created_at, localpart, destination, domain_name, email) VALUES ('2026-01-01', 'INFO', 'x', 'example.com', 'INFO@example.com')");

        (int code, string output, string error) = Run(file.Path);

        Assert.That(code, Is.EqualTo(1));
        AssertOneLine(error, "INFO@example.com");
        Assert.That(error, Does.Contain("info@example.com"));
        Assert.That(output, Does.Not.Contain("\n32 "));
        Assert.That(Run(file.Path, "--at", "31").Output, Does.Contain("Nothing to do: "));
    }

    [Test]
    public void Run_on_an_old_database_says_where_the_backup_is_and_restore_brings_it_back()
    {
        using MailFile file = new();
        Run(file.Path, "--at", "3", "--seed");
        IReadOnlyList<string> before = file.StoredRows();
        string backup = BackupOf(Run(file.Path).Output);
        Assert.That(file.StoredRows(), Is.Not.EqualTo(before));

        (int code, string output, string error) = Run(file.Path, "--restore", backup);

        Assert.That(code, Is.Zero, error);
        Assert.That(output, Does.Contain("is at version 4 and needs 29 migrations"));
        Assert.That(file.StoredRows(), Is.EqualTo(before));
    }

    [Test]
    public void Backup_makes_a_file_that_opens_as_the_database()
    {
        using MailFile file = new();
        Run(file.Path, "--at", "3", "--seed");

        (int code, string output, string error) = Run(file.Path, "--backup");

        Assert.That(code, Is.Zero, error);
        Assert.That(Run(BackupOf(output), "--at", "3").Output, Does.Contain("Nothing to do: "));
    }

    [Test]
    public void Restore_of_a_file_that_is_no_backup_returns_1_and_leaves_the_database()
    {
        using MailFile file = new();
        Run(file.Path, "--at", "3", "--seed");
        byte[] before = File.ReadAllBytes(file.Path);
        File.WriteAllText(file.Beside("letter"), "This is a letter, and no database. It is longer than a header of a hundred bytes, so that nothing is missing.");

        (int code, _, string error) = Run(file.Path, "--restore", file.Beside("letter"));

        Assert.That(code, Is.EqualTo(1));
        AssertOneLine(error, "letter");
        Assert.That(File.ReadAllBytes(file.Path), Is.EqualTo(before));
    }

    [Test]
    public void Plan_tells_what_an_upgrade_would_do_and_does_nothing()
    {
        using MailFile file = new();
        Run(file.Path, "--at", "3", "--seed");
        byte[] before = File.ReadAllBytes(file.Path);

        (int code, string output, string error) = Run(file.Path, "--plan", "--at", "5");

        Assert.That(code, Is.Zero, error);
        Assert.That(output, Does.Contain("-- 5 04 27ae2f102682").And.Contain("-- 6 05 ").And.Not.Contain("-- 7 06 "));
        Assert.That(output, Does.Contain("main.user: Copy"));
        Assert.That(File.ReadAllBytes(file.Path), Is.EqualTo(before));
    }

    [Test]
    public void Status_tells_what_is_applied_and_pending_and_which_backups_there_are()
    {
        using MailFile file = new();
        Run(file.Path, "--at", "3", "--seed");
        Run(file.Path, "--at", "4");

        (int code, string output, string error) = Run(file.Path, "--status");

        Assert.That(code, Is.Zero, error);
        Assert.That(output, Does.Contain("is at version 5 and needs 28 migrations"));
        Assert.That(output, Does.Match(@"\n   applied  5 04 ").And.Match(@"\n   pending  6 05 ").And.Match(@"\n   backup   .*mail\.db"));
    }

    [Test]
    public void Status_of_a_database_that_can_not_be_upgraded_returns_1()
    {
        using MailFile file = new();
        file.Execute("CREATE TABLE user (name TEXT)");

        (int code, string output, string error) = Run(file.Path, "--status");

        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Does.Contain("no history of migrations"));
        Assert.That(error, Is.Empty);
    }

    [Test]
    public void The_process_returns_the_exit_code_and_writes_errors_to_standard_error()
    {
        using MailFile file = new();

        (int good, string output, string silence) = Start(file.Path, "--seed", "--at", "5");
        (int wrong, string nothing, string error) = Start(file.Path, "--at", "99");

        Assert.That(good, Is.Zero, silence);
        Assert.That(output, Does.Contain("is at revision 05 and holds:"));
        Assert.That(wrong, Is.EqualTo(2));
        Assert.That(nothing, Is.Empty);
        AssertOneLine(error, "There is no revision \"99\": name one from 0 to 32.");
    }

    private static string BackupOf(string output) =>
        output.Split('\n').Single(line => line.StartsWith("Backup: ", StringComparison.Ordinal))["Backup: ".Length..];

    private static void AssertOneLine(string error, string part)
    {
        Assert.That(error, Does.Contain(part));
        Assert.That(error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(error, Does.Not.Contain("   at "));
    }

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter error = new() { NewLine = "\n" };
        int code = Application.RunAsync(args, output, error).GetAwaiter().GetResult();
        return (code, output.ToString(), error.ToString());
    }

    private static (int Code, string Output, string Error) Start(params string[] args)
    {
        ProcessStartInfo start = new("dotnet", [typeof(Application).Assembly.Location, .. args])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
