using MailServer.Web;
using Migrations.Runner;

namespace MailServer;

/// <summary>The program: brings a file to a revision and shows what is in it. Errors are one line, with the way out.</summary>
internal static class Application
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int WrongUsage = 2;

    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        try
        {
            return await RunAsync(Arguments.Parse(args), output, cancellationToken);
        }
        catch (UsageException exception)
        {
            await error.WriteLineAsync(OneLine(exception.Message));
            return WrongUsage;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await error.WriteLineAsync("Interrupted: the revision that was being applied is rolled back, those before it stay.");
            return Failure;
        }
        catch (Exception exception)
        {
            await error.WriteLineAsync(OneLine(exception.Message));
            return Failure;
        }
    }

    private static async Task<int> RunAsync(Arguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        if (arguments.Verb == Verb.Serve)
        {
            await Front.RunAsync(arguments, cancellationToken);
            return Success;
        }

        await using DatabaseMigrator migrator = MailOptions.Migrator(arguments.File, backups: !arguments.Seed);
        Report report = new(output, arguments.File);
        switch (arguments.Verb)
        {
            case Verb.Plan:
                await output.WriteAsync(migrator.Plan("", RevisionAttribute.VersionOf(arguments.Revision)).ToString());
                return Success;
            case Verb.Status:
                DatabaseStatus status = migrator.GetStatus();
                report.Status(status, migrator.GetBackups());
                return status.CanUpgrade ? Success : Failure;
            case Verb.Backup:
                report.Backup(await migrator.BackupAsync(cancellationToken: cancellationToken));
                return Success;
            case Verb.Restore:
                await migrator.RestoreAsync(arguments.Backup, cancellationToken: cancellationToken);
                report.Restored(arguments.Backup, migrator.GetStatus());
                return Success;
            default:
                await MoveAsync(arguments, migrator, report, cancellationToken);
                return Success;
        }
    }

    private static async Task MoveAsync(
        Arguments arguments, DatabaseMigrator migrator, Report report, CancellationToken cancellationToken)
    {
        report.Begin(migrator.GetStatus(), arguments.Revision);
        Passage passage = new(arguments.File, migrator);
        if (arguments.Seed)
        {
            await foreach (RevisionStep step in passage.StepToAsync(arguments.Revision, seed: true, cancellationToken))
            {
                report.Step(step);
            }
        }
        else
        {
            report.Backup((await passage.MoveToAsync(arguments.Revision, report.Step, cancellationToken)).Backup);
        }

        report.End(migrator.GetStatus());
    }

    private static string OneLine(string message) =>
        string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
