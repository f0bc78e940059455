using System.Text.RegularExpressions;

namespace Migrations.Testing.Templates;

/// <summary>Deletes files of templates that nobody is going to use: each change of migrations makes new ones.</summary>
internal static partial class OldTemplates
{
    /// <summary>How many states of one set are kept, the present one among them: as many as there are branches at work.</summary>
    public const int States = 4;

    private static readonly TimeSpan Unused = TimeSpan.FromDays(30);
    private static readonly TimeSpan Unfinished = TimeSpan.FromDays(1);

    /// <summary>
    /// Deletes what was not used for thirty days, states of a set except those used last, and what a process has not finished within a day.
    /// What can't be deleted stays.
    /// </summary>
    public static void Delete(string folder, ContentKey present)
    {
        DateTime now = TimeProvider.System.GetUtcNow().UtcDateTime;
        List<(FileInfo File, string Set, string Content)> known = [];
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles())
        {
            Match name = Name().Match(file.Name);
            if (!name.Success)
            {
                continue;
            }

            if (name.Groups["partial"].Success)
            {
                Delete(file, now - file.LastWriteTimeUtc > Unfinished);
            }
            else if (!Delete(file, now - file.LastWriteTimeUtc > Unused))
            {
                known.Add((file, name.Groups["set"].Value, name.Groups["content"].Value));
            }
        }

        IEnumerable<FileInfo> old = known
            .Where(entry => entry.Set == present.Set && entry.Content != present.Content)
            .GroupBy(entry => entry.Content, StringComparer.Ordinal)
            .OrderByDescending(state => state.Max(entry => entry.File.LastWriteTimeUtc))
            .Skip(States - 1)
            .SelectMany(state => state.Select(entry => entry.File));
        foreach (FileInfo file in old)
        {
            Delete(file, isOld: true);
        }
    }

    private static bool Delete(FileInfo file, bool isOld)
    {
        if (isOld)
        {
            try
            {
                file.Delete();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Somebody reads it.
            }
        }

        return isOld;
    }

    [GeneratedRegex(
        @"^(?<set>.+-[0-9a-f]{8})-(?<content>[0-9a-f]{32})-(\d+|latest)\.template(?<partial>\.[0-9a-f]{32}\.partial)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Name();
}
