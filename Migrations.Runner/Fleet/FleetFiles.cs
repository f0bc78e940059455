using System.Collections.Immutable;
using Migrations.Runner.Backup;
using Migrations.Runner.Files;
using Migrations.Runner.Locking;

namespace Migrations.Runner.Fleet;

/// <summary>The databases that arguments mean: files, or patterns that a shell has left as they are. Immutable.</summary>
internal sealed class FleetFiles
{
    // What SQLite and upgrades keep beside a database. None of it is one, whatever it begins with.
    private static readonly ImmutableArray<string> BesideDatabases =
        [.. BackupWriter.SideFiles, "-upgrade.lock", "-upgrade.holder", "-upgrade.probe", BackupName.Extension, BackupName.DamagedExtension, BackupName.Partial];

    private FleetFiles(ImmutableArray<string> files, int leftOut, int repeated, ImmutableArray<string> unmatched, ImmutableArray<string> folders)
    {
        Files = files;
        LeftOut = leftOut;
        Repeated = repeated;
        Unmatched = unmatched;
        Folders = folders;
    }

    /// <summary>Full paths in ordinal order, each database once, however many ways lead to it.</summary>
    public ImmutableArray<string> Files { get; }

    /// <summary>How many files were met that belong to databases: backups, journals, locks.</summary>
    public int LeftOut { get; }

    /// <summary>How many files were met that lead to a database that was met already.</summary>
    public int Repeated { get; }

    /// <summary>The arguments that mean no file at all, be it one to leave out.</summary>
    public ImmutableArray<string> Unmatched { get; }

    /// <summary>The arguments that name a folder.</summary>
    public ImmutableArray<string> Folders { get; }

    /// <summary>Looks for the files of all arguments.</summary>
    /// <param name="arguments">Paths and patterns.</param>
    /// <param name="folder">What those that are not rooted are relative to.</param>
    /// <exception cref="ArgumentException">A range in brackets runs backwards.</exception>
    /// <exception cref="IOException">A folder can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be read.</exception>
    public static FleetFiles Find(IEnumerable<string> arguments, string folder)
    {
        SortedSet<string> files = new(StringComparer.Ordinal);
        HashSet<string> met = new(StringComparer.Ordinal);
        HashSet<string> real = new(FileNames.Comparer);
        List<string> unmatched = [];
        List<string> folders = [];
        int leftOut = 0;
        int repeated = 0;
        foreach (string argument in arguments)
        {
            string full = Path.GetFullPath(argument, folder);
            if (Directory.Exists(full))
            {
                folders.Add(argument);
                continue;
            }

            bool isAny = false;
            IEnumerable<string> all = File.Exists(full) ? [full] : FilePattern.Parse(argument, folder).Files().Order(StringComparer.Ordinal);
            foreach (string found in all)
            {
                isAny = true;
                if (BesideDatabases.Any(suffix => found.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)))
                {
                    leftOut += met.Add(found) ? 1 : 0;
                }
                else if (real.Add(RealPath.Of(found)))
                {
                    files.Add(found);
                }
                else
                {
                    repeated++;
                }
            }

            if (!isAny)
            {
                unmatched.Add(argument);
            }
        }

        return new([.. files], leftOut, repeated, [.. unmatched], [.. folders]);
    }
}
