using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;

namespace Migrations.Tests.Cli;

/// <summary>Signals that a shell or a system sends to the tool.</summary>
internal static class Signals
{
    public static void Send(Process process, string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Skips the test where new processes do not hear a signal: a shell starts what runs in the background with SIGINT ignored, which is inherited.</summary>
    public static void AssumeHeard(string signal)
    {
        const ulong Interrupt = 1 << 1;
        if (signal == "INT" && OperatingSystem.IsLinux() && (Ignored() & Interrupt) != 0)
        {
            Assert.Ignore("The tests were started with SIGINT ignored, as by a shell in the background: skipped.");
        }
    }

    private static ulong Ignored()
    {
        const string Name = "SigIgn:";
        string line = File.ReadLines("/proc/self/status").Single(line => line.StartsWith(Name, StringComparison.Ordinal));
        return ulong.Parse(line.AsSpan(Name.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
