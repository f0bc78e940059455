using Migrations.Core;

namespace Migrations.Cli.CommandLine;

/// <summary>The tool can't, or may not, do what it was asked to do.</summary>
internal sealed class ToolException(ExitCode exitCode, string message, Exception? innerException = null)
    : MigrationsException(message, innerException)
{
    public ExitCode ExitCode => exitCode;

    public static ToolException Usage(string message, Exception? innerException = null) => new(ExitCode.Usage, message, innerException);
}
