using System.Diagnostics;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Cli;

/// <summary>The tool on a terminal, which the program script(1) provides.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class TerminalTests
{
    private const string Script = "/usr/bin/script";

    [TestCase("y", 0L)]
    [TestCase("n", 1L)]
    public void Terminal_gets_a_question_and_a_bar_and_the_answer_counts(string answer, long versions)
    {
        using ToolFolder folder = new ToolFolder().With(new SqlMigration(1, "CreateUser", "CREATE TABLE \"user\" (id INTEGER PRIMARY KEY)", "DROP TABLE \"user\""));
        folder.Run(["upgrade", "--yes", .. ToolFolder.Named]);
        using Process process = Start(folder, $"downgrade --to 0 {string.Join(' ', ToolFolder.Named)}");
        process.StandardInput.WriteLine(answer);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.That(output, Does.Contain("Go on? [y/N]"));
        Assert.That(process.ExitCode, Is.EqualTo(versions == 0 ? 0 : 3), output);
        using Microsoft.Data.Sqlite.SqliteConnection connection = folder.Open();
        Assert.That(connection.Scalar<long>("SELECT count(*) FROM VersionInfo"), Is.EqualTo(versions));
    }

    [TestCase("", true)]
    [TestCase("--no-color", false)]
    public void Terminal_gets_colours_unless_they_are_not_wanted(string option, bool expected)
    {
        const string Escape = "\u001b[38;5;"; // A colour among 256.
        using ToolFolder folder = new ToolFolder().With(new SqlMigration(1, "CreateUser", "CREATE TABLE \"user\" (id INTEGER PRIMARY KEY)", "DROP TABLE \"user\""));
        using Process process = Start(folder, $"upgrade --yes {option} {string.Join(' ', ToolFolder.Named)}");
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.That(process.ExitCode, Is.Zero, output);
        Assert.That(output, Does.Contain("went from version 0 to version 1"));
        Assert.That(output.Contains(Escape, StringComparison.Ordinal), Is.EqualTo(expected), output);
    }

    /// <summary>Starts the tool on a terminal; the test is skipped where there is no program for that.</summary>
    public static Process Start(ToolFolder folder, string arguments)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(Script))
        {
            Assert.Ignore($"{Script} was not found: skipped.");
        }

        ProcessStartInfo start = new(Script, ["-qec", $"{folder.Command} {arguments}", "/dev/null"])
        {
            WorkingDirectory = Path.GetDirectoryName(folder.Database),
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["TERM"] = "xterm";
        return Process.Start(start) ?? throw new InvalidOperationException($"{Script} did not start.");
    }
}
