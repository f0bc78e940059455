using Migrations.Cli.CommandLine;
using Migrations.Core;
using Migrations.Runner;

namespace Migrations.Cli.Output;

/// <summary>Why a verb could not do what it was to do. Immutable.</summary>
internal sealed class Failure
{
    private Failure(ExitCode exitCode, string message, Exception? exception)
    {
        ExitCode = exitCode;
        Message = ToolWords.Of(message);
        Exception = exception;
    }

    public ExitCode ExitCode { get; }

    public string Message { get; }

    public Exception? Exception { get; }

    public static Failure Of(Exception exception) => exception switch
    {
        ToolException tool => new(tool.ExitCode, tool.Message, tool),
        UpgradeRefusedException => new(ExitCode.Refused, exception.Message, exception),
        MigrationsException => new(ExitCode.Failed, exception.Message, exception),
        _ => new(ExitCode.Failed, $"Something unforeseen failed: {exception.Message.TrimEnd('.')}. --verbose tells where.", exception),
    };

    public static Failure Cancelled(string message, OperationCanceledException exception) => new(ExitCode.Cancelled, message, exception);

    public ErrorShape ToShape()
    {
        UpgradeFailedException? failed = Exception as UpgradeFailedException;
        return new(
            ExitCode switch
            {
                ExitCode.Usage => "usage",
                ExitCode.Refused => "refused",
                ExitCode.Cancelled => "cancelled",
                _ => "failed",
            },
            Message,
            (Exception as UpgradeRefusedException)?.Status.State,
            Problem(Exception),
            failed?.Failed is { } migration ? MigrationShape.Of(migration) : null,
            failed?.Statement,
            failed?.BackupPath,
            failed is null ? [] : [.. failed.Applied.Select(MigrationRunShape.Of)]);
    }

    private static DatabaseProblem? Problem(Exception? exception) => exception switch
    {
        null => null,
        DatabaseUnusableException unusable => unusable.Problem,
        _ => Problem(exception.InnerException),
    };
}
