using System.Diagnostics;

namespace Migrations.Benchmarks.Measuring;

/// <summary>This program again, in a process of its own.</summary>
internal static class ChildProcess
{
    /// <summary>What it writes to its standard output.</summary>
    public static string Run(params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true, UseShellExecute = false }; // Null only where a host embeds the runtime.
        using Process child = Process.Start(start) ?? throw new InvalidOperationException("The child process did not start.");
        string answer = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0
            ? answer
            : throw new InvalidOperationException($"The child process {string.Join(' ', arguments)} failed with exit code {child.ExitCode}: {answer}");
    }
}
