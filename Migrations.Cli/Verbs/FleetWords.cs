using System.Collections.Immutable;
using System.Globalization;
using Migrations.Cli.Output;
using Migrations.Runner;
using Migrations.Runner.Fleet;

namespace Migrations.Cli.Verbs;

/// <summary>Files of a fleet in text.</summary>
internal static class FleetWords
{
    /// <summary>"1 file", "2 files".</summary>
    public static string Files(int count) => count == 1 ? "1 file" : string.Create(CultureInfo.InvariantCulture, $"{count} files");

    /// <summary>The path from the current folder, where the file is in it.</summary>
    public static string Name(string file)
    {
        string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), file);
        return relative.StartsWith("..", StringComparison.Ordinal) ? file : relative;
    }

    /// <summary>"3 -> 7", or "at 7" where it is the same; empty where it is not known.</summary>
    public static string Way(ImmutableArray<ModuleVersionShape> from, ImmutableArray<ModuleVersionShape> to) =>
        from.IsEmpty && to.IsEmpty ? ""
        : (Versions(from), Versions(to)) is var (before, after) && before == after ? $"at {before}"
        : $"{before} -> {after}";

    /// <summary>"7", or "7, blog 3"; "?" where it is not known.</summary>
    public static string Versions(ImmutableArray<ModuleVersionShape> versions) => versions.IsEmpty
        ? "?"
        : string.Join(", ", versions.Select(version => string.Create(
            CultureInfo.InvariantCulture, $"{version.Module}{(version.Module.Length == 0 ? "" : " ")}{version.Version}")));

    public static string Seconds(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.0} s");

    public static string Of(FleetOutcome outcome) => outcome switch
    {
        FleetOutcome.Upgraded => "upgraded",
        FleetOutcome.UpToDate => "up to date",
        FleetOutcome.Failed => "failed",
        FleetOutcome.Locked => "locked",
        FleetOutcome.Refused => "refused",
        FleetOutcome.Cancelled => "cancelled",
        _ => "not begun",
    };

    public static string Of(DatabaseState state) => state switch
    {
        DatabaseState.UpToDate => "up to date",
        DatabaseState.New => "empty",
        DatabaseState.Pending => "pending",
        DatabaseState.Edited => "edited",
        DatabaseState.OutOfOrder => "out of order",
        DatabaseState.ModuleMissing => "module missing",
        DatabaseState.UnknownMigrations => "unknown migrations",
        DatabaseState.NewerThanApplication => "newer",
        DatabaseState.Unversioned => "unversioned",
        DatabaseState.OtherApplication => "other application",
        _ => "unusable",
    };

    /// <summary>"998 upgraded, 1 failed", the most wanted first.</summary>
    public static string Counts<T>(IEnumerable<T> all, Func<T, string> word)
        where T : struct, Enum => string.Join(
            ", ", all.GroupBy(one => one).OrderBy(group => group.Key).Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {word(group.Key)}")));
}
