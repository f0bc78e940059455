using System.Diagnostics;
using NUnit.Framework;

namespace Migrations.Tests.Scripting;

/// <summary>The sqlite3 program. Where it is not installed, tests that ask for it are ignored.</summary>
internal static class SqliteShell
{
    private static readonly string[] Hardened =
        ["-cmd", ".dbconfig defensive on", "-cmd", ".dbconfig trusted_schema off", "-cmd", ".dbconfig dqs_dml off", "-cmd", ".dbconfig dqs_ddl off"];

    public static void Require()
    {
        if (Find() is null)
        {
            Assert.Ignore("sqlite3 was not found on the PATH: skipped");
        }
    }

    /// <summary>Runs a script on a database.</summary>
    public static ShellOutcome Run(string database, string script, ShellInput input = ShellInput.Standard)
    {
        Require();
        string file = $"{database}.{input}.sql";
        File.WriteAllText(file, script);
        string[] arguments = input switch
        {
            ShellInput.Read => [database, $".read '{file}'"],
            ShellInput.Interactive => ["-interactive", database],
            ShellInput.Hardened => [.. Hardened, database],
            _ => [database],
        };
        using Process process = Process.Start(new ProcessStartInfo(Find()!, ["-init", File.Exists("/dev/null") ? "/dev/null" : "nul", "-batch", .. arguments]) // Required above.
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        }) ?? throw new InvalidOperationException("sqlite3 did not start.");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (input is not ShellInput.Read)
        {
            using FileStream content = File.OpenRead(file);
            try
            {
                content.CopyTo(process.StandardInput.BaseStream);
            }
            catch (IOException)
            {
                // It has ended at the first error.
            }
        }

        Close(process);
        if (!process.WaitForExit(TimeSpan.FromMinutes(1)))
        {
            process.Kill();
            Assert.Fail("sqlite3 did not end.");
        }

        return new(process.ExitCode, output.Result, error.Result);
    }

    private static void Close(Process process)
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // As above.
        }
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "sqlite3.exe" : "sqlite3"))
        .FirstOrDefault(File.Exists);
}
