using System.CommandLine;
using Migrations.Cli.CommandLine;
using Migrations.Cli.Output;
using Migrations.Runner.Fleet;

namespace Migrations.Cli.Verbs;

/// <summary>Which files a fleet is, and how many of them are worked on at a time.</summary>
internal sealed class FleetArguments
{
    private readonly Argument<string[]> patterns = new("glob")
    {
        Description = "Files, or patterns of them in quotes: * and ? within a name, [a-z] for one character, ** for any folders in between (links to folders excepted). "
            + "Backups, journals and locks are left out, and a database that is met twice counts once.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<int?> parallel = new("--parallel")
    {
        Description = "How many files are worked on at a time. The default is the number of processors.",
        HelpName = "count",
    };

    public void AddTo(Command command)
    {
        command.Add(patterns);
        command.Add(parallel);
    }

    /// <summary>How many files are worked on at a time.</summary>
    /// <exception cref="ToolException">Less than one.</exception>
    public int Parallel(VerbContext context)
    {
        int count = context.Parsed.GetValue(parallel) ?? Environment.ProcessorCount;
        if (count < 1)
        {
            throw ToolException.Usage("--parallel must be 1 or more.");
        }

        // The work waits for disks and locks, so that its threads are needed beside those for the processors.
        ThreadPool.GetMinThreads(out int workers, out int ports);
        ThreadPool.SetMinThreads(Math.Max(workers, Math.Min(count, 256)), ports);
        return count;
    }

    /// <summary>Looks for the files.</summary>
    /// <exception cref="ToolException">An argument means none, or a folder can't be read.</exception>
    public FleetFiles Find(VerbContext context)
    {
        FleetFiles found = Find(context.Parsed.GetValue(patterns) ?? []);
        if (found.Folders is [{ } folder, ..])
        {
            throw ToolException.Usage($"\"{folder}\" is a folder: name the files in it, such as \"{Path.Combine(folder, "*.db")}\". Nothing was changed.");
        }

        if (found.Unmatched is [{ } unmatched, ..])
        {
            throw ToolException.Usage(
                $"There is no file \"{unmatched}\": correct the path or the pattern, which is looked for from \"{Directory.GetCurrentDirectory()}\". "
                + "A fleet is made of databases that are there. Nothing was changed.");
        }

        if (found.Files.IsEmpty)
        {
            throw ToolException.Usage("All of these files are backups, journals or locks: name the databases that they belong to. Nothing was changed.");
        }

        Note(context.Terminal, found.LeftOut, "is left out: a backup, journal or lock.", "are left out: backups, journals and locks.");
        Note(context.Terminal, found.Repeated, "is a database that is named already.", "are databases that are named already.");
        return found;
    }

    private static FleetFiles Find(string[] arguments)
    {
        try
        {
            return FleetFiles.Find(arguments, Directory.GetCurrentDirectory());
        }
        catch (ArgumentException e)
        {
            throw ToolException.Usage($"A pattern can't be read: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Usage($"Not all folders can be looked at, so files might be left out: {e.Message} Nothing was changed.", e);
        }
    }

    private static void Note(Terminal terminal, int count, string one, string several)
    {
        if (count > 0)
        {
            terminal.Note($"{FleetWords.Files(count)} {(count == 1 ? one : several)}");
        }
    }
}
