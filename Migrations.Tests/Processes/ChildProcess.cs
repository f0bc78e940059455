using System.Diagnostics;
using Migrations.Tests.Processes.Child;
using NUnit.Framework;

namespace Migrations.Tests.Processes;

/// <summary>
/// A process of the test assembly itself, with the verbs of <see cref="Verb"/>. It is killed by its own id on dispose, and after a time
/// in which anything ends that has not stopped for ever.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan HangsAfter = TimeSpan.FromMinutes(4);

    private readonly Process process;
    private readonly Task<string> error;
    private readonly List<string> lines = [];
    private readonly CancellationTokenSource guard = new(HangsAfter);

    private ChildProcess(Process process)
    {
        this.process = process;
        error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        guard.Token.Register(Kill);
    }

    public int Id => process.Id;

    /// <summary>All lines read so far.</summary>
    public IReadOnlyList<string> Lines => lines;

    /// <summary>Starts the assembly with a verb.</summary>
    public static ChildProcess Start(params IEnumerable<string> args) => StartBy([], args);

    /// <summary>Starts the assembly by another program, whose arguments come first, and which must become the new process.</summary>
    public static ChildProcess StartBy(IEnumerable<string> wrapper, params IEnumerable<string> args)
    {
        string[] command = [.. wrapper, Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", "exec", typeof(ChildProcess).Assembly.Location, .. args];
        ProcessStartInfo start = new(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The runtime's own memory files must not meet a limit that is meant for the database.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return new(Process.Start(start) ?? throw new InvalidOperationException($"\"{command[0]}\" did not start."));
    }

    /// <summary>Reads until a line begins with a word; fails the test where the process ends before.</summary>
    public string WaitFor(string line)
    {
        while (process.StandardOutput.ReadLine() is { } read)
        {
            lines.Add(read);
            if (read.StartsWith(line, StringComparison.Ordinal))
            {
                return read;
            }
        }

        process.WaitForExit();
        Assert.Fail($"The child ended with {process.ExitCode} before it said \"{line}\".\n{string.Join('\n', lines)}\n{error.Result}");
        return "";
    }

    /// <summary>Lets a child go on that waits for a line.</summary>
    public void Go() => process.StandardInput.WriteLine();

    /// <summary>Ends the process at once, without a chance to clean up; nothing where it has ended.</summary>
    public void Kill()
    {
        // SIGKILL on Unix, TerminateProcess on Windows.
        if (!process.HasExited)
        {
            process.Kill();
        }
    }

    /// <summary>Waits for the end of the process, however it ends.</summary>
    public ChildOutcome WaitForExit()
    {
        while (process.StandardOutput.ReadLine() is { } read)
        {
            lines.Add(read);
        }

        process.WaitForExit();
        guard.Token.ThrowIfCancellationRequested();
        return new(process.ExitCode, [.. lines], error.Result);
    }

    public void Dispose()
    {
        Kill();
        process.WaitForExit();
        process.Dispose();
        guard.Dispose();
    }
}
