using System.Runtime.InteropServices;
using Migrations.Cli.CommandLine;

namespace Migrations.Cli;

/// <summary>Starts the tool. The first signal to end cancels, the second one ends the process at once.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        using CancellationTokenSource cancellation = new();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        return await new Tool().RunAsync(arguments, cancellation.Token);

        void Cancel(PosixSignalContext signal)
        {
            signal.Cancel = !cancellation.IsCancellationRequested;
            cancellation.Cancel();
        }
    }
}
