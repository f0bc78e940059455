using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Cli;

/// <summary>A folder in which the tool is run, with an assembly of migrations and a database.</summary>
internal sealed partial class ToolFolder : IDisposable
{
    private static readonly TimeSpan HangsAfter = TimeSpan.FromMinutes(4);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("migrations-tool-");

    public string Database => Path("app.db");

    /// <summary>The options that name the assembly "App.dll" and the database "app.db" of this folder.</summary>
    public static string[] Named { get; } = ["--assembly", "App.dll", "--database", "app.db"];

    /// <summary>How a shell starts the tool.</summary>
    public string Command { get; } = $"dotnet exec {AssemblyOf("Migrations.Cli")}";

    /// <summary>The path of the tool's assembly.</summary>
    public static string Tool => AssemblyOf("Migrations.Cli");

    public static string MailServer => AssemblyOf("MailServer");

    public string Path(string name) => System.IO.Path.Combine(folder.FullName, name);

    /// <summary>Puts an assembly with migrations into the folder.</summary>
    public ToolFolder With(params SqlMigration[] migrations)
    {
        SqlMigrations.Write(Path("App.dll"), migrations);
        return this;
    }

    public void Execute(string sql)
    {
        using SqliteConnection connection = Open();
        connection.Execute(sql);
    }

    public SqliteConnection Open()
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    public DatabaseSnapshot Snapshot()
    {
        using SqliteConnection connection = Open();
        return DatabaseSnapshot.Of(connection);
    }

    /// <summary>Runs the tool to its end, without a terminal.</summary>
    public ToolOutcome Run(params string[] arguments) => RunIn(folder.FullName, arguments);

    public ToolOutcome RunIn(string directory, params string[] arguments)
    {
        using Process process = Start(directory, arguments);
        return End(process);
    }

    /// <summary>Starts the tool.</summary>
    public Process Start(params string[] arguments) => Start(folder.FullName, arguments);

    /// <summary>Waits until a process that <see cref="Start(string[])"/> started has ended.</summary>
    public ToolOutcome End(Process process)
    {
        // Both are read while the process runs, which a full pipe would keep from going on.
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(HangsAfter))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"The tool did not end. It said:\n{output.Result}{error.Result}");
        }

        return new(process.ExitCode, Constant(output.Result), Constant(error.Result));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static Process Start(string directory, string[] arguments)
    {
        string host = Environment.ProcessPath is { } path && System.IO.Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        Process process = Process.Start(new ProcessStartInfo(host, ["exec", AssemblyOf("Migrations.Cli"), .. arguments])
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("The tool did not start.");
        process.StandardInput.Close();
        return process;
    }

    // Beside the tests in the folder of all builds.
    private static string AssemblyOf(string project)
    {
        DirectoryInfo own = new(AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar));
        return System.IO.Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, project + ".dll"); // artifacts/bin/Migrations.Tests/debug.
    }

    private string Constant(string text)
    {
        string constant = text.ReplaceLineEndings("\n").Replace(folder.FullName, "~", StringComparison.Ordinal);
        constant = Time().Replace(constant, "TIME");
        constant = Mark().Replace(constant.Replace($"-{folder.Name}-", "-~-", StringComparison.Ordinal), "-MARK");
        constant = Clock().Replace(constant, "TIME");
        constant = Seconds().Replace(constant, " N s");
        return Bytes().Replace(constant, " N bytes");
    }

    [GeneratedRegex(@"\d{8}T\d{9}Z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Time();

    [GeneratedRegex(@"-[0-9a-f]{16}(?=\.TIME)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Mark();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Clock();

    [GeneratedRegex(@" \d+\.\d+ s\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Seconds();

    [GeneratedRegex(@" \d[\d,]* bytes", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Bytes();
}
