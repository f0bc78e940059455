using Microsoft.Data.Sqlite;
using Migrations.Core;

namespace MailServer;

/// <summary>The program: brings a file to a revision and shows what is in it. Errors are one line, with the way out.</summary>
internal static class Application
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int WrongUsage = 2;

    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        Arguments? arguments = null;
        try
        {
            arguments = Arguments.Parse(args);
            Run(arguments, output);
            return Success;
        }
        catch (UsageException exception)
        {
            error.WriteLine(OneLine(exception.Message));
            return WrongUsage;
        }
        catch (Exception exception)
        {
            error.WriteLine(OneLine(Explain(arguments?.File ?? "", exception)));
            return Failure;
        }
    }

    private static void Run(Arguments arguments, TextWriter output)
    {
        using MailDatabase database = MailDatabase.Open(arguments.File);
        Report report = new(output);
        report.Begin(database, database.Applied(), arguments.Revision);
        int steps = 0;
        using (Upgrade upgrade = new(database))
        {
            foreach (RevisionStep step in upgrade.MoveTo(arguments.Revision, arguments.Seed))
            {
                report.Step(step);
                steps++;
            }
        }

        report.End(database, steps);
    }

    // FluentMigrator wraps what a statement threw; the first error is what helps.
    private static string Explain(string file, Exception exception)
    {
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case UpgradeRefusedException or MigrationsException:
                    return inner.Message;
                case SqliteException sqlite:
                    return MailDatabase.Explain(file, sqlite);
            }
        }

        return exception.Message;
    }

    private static string OneLine(string message) =>
        string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
