using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Migrations.Runner.Files;

namespace Migrations.Runner.Fleet;

/// <summary>
/// A path with wildcards, as shells have them: <c>*</c> and <c>?</c> within a name, <c>[a-z]</c> and <c>[!a-z]</c> for one character, and
/// <c>**</c> for any folders in between. A name that begins with a dot is met only by one that does too. Folders that are links are entered
/// where they are named or met by a wildcard of their own, not by <c>**</c>, which so comes to an end. Immutable.
/// </summary>
internal sealed class FilePattern
{
    private const string AnyFolders = "**";

    // Accessibility and hidden attributes are no reason to leave a file out in silence.
    private static readonly EnumerationOptions All = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    private readonly string root;
    private readonly ImmutableArray<string> names;

    private FilePattern(string root, ImmutableArray<string> names)
    {
        this.root = root;
        this.names = names;
    }

    /// <summary>Reads a pattern.</summary>
    /// <param name="pattern">Its separators are those of the operating system.</param>
    /// <param name="folder">What it is relative to, where it is not rooted.</param>
    public static FilePattern Parse(string pattern, string folder)
    {
        string start = Path.GetPathRoot(pattern) ?? "";
        string[] below = pattern[start.Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        return new(Path.GetFullPath(start, folder), [.. below]);
    }

    /// <summary>The full paths of the files that it means, in no order; one may come twice.</summary>
    /// <exception cref="ArgumentException">A range in brackets runs backwards.</exception>
    /// <exception cref="IOException">A folder can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be read.</exception>
    public IEnumerable<string> Files() => Files(root, 0);

    private static bool IsWild(string name) => name.AsSpan().ContainsAny('*', '?', '[');

    private IEnumerable<string> Files(string folder, int at)
    {
        if (at == names.Length)
        {
            return [];
        }

        bool isLast = at == names.Length - 1;
        string name = names[at];
        if (name == AnyFolders)
        {
            IEnumerable<string> here = isLast ? Directory.EnumerateFiles(folder, "*", All).Where(IsShown) : Files(folder, at + 1);
            return here.Concat(Directory.EnumerateDirectories(folder, "*", All).Where(below => IsShown(below) && !IsLink(below)).SelectMany(below => Files(below, at)));
        }

        if (!IsWild(name))
        {
            string path = Path.GetFullPath(name, folder);
            return isLast ? File.Exists(path) ? [path] : [] : Directory.Exists(path) ? Files(path, at + 1) : [];
        }

        Regex wanted = Wildcards(name);
        return isLast
            ? Directory.EnumerateFiles(folder, "*", All).Where(IsMet)
            : Directory.EnumerateDirectories(folder, "*", All).Where(IsMet).SelectMany(below => Files(below, at + 1));

        bool IsMet(string path) => (IsShown(path) || name[0] == '.') && wanted.IsMatch(Path.GetFileName(path));
    }

    private static bool IsShown(string path) => Path.GetFileName(path)[0] != '.';

    private static bool IsLink(string folder) => new DirectoryInfo(folder).LinkTarget is not null;

    private static Regex Wildcards(string name)
    {
        StringBuilder text = new();
        for (int i = 0; i < name.Length; i++)
        {
            switch (name[i])
            {
                case '*':
                    text.Append(".*");
                    break;
                case '?':
                    text.Append('.');
                    break;
                case '[' when EndOfClass(name, i) is { } end:
                    AppendClass(text, name.AsSpan(i + 1, end - i - 1));
                    i = end;
                    break;
                default:
                    text.Append(Regex.Escape(name[i].ToString()));
                    break;
            }
        }

        // Linear in the name's length, whatever the pattern.
        return new(
            $@"\A{text}\z",
            RegexOptions.Singleline | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (FileNames.IgnoreCase ? RegexOptions.IgnoreCase : RegexOptions.None),
            Regex.InfiniteMatchTimeout);
    }

    // A bracket that is first in a class belongs to it; one that is never closed is a character like others.
    private static int? EndOfClass(string name, int start)
    {
        int first = start + 1;
        first += first < name.Length && name[first] is '!' or '^' ? 1 : 0;
        int end = first + 1 < name.Length ? name.IndexOf(']', first + 1) : -1;
        return end < 0 ? null : end;
    }

    private static void AppendClass(StringBuilder text, ReadOnlySpan<char> content)
    {
        text.Append('[');
        if (content[0] is '!' or '^')
        {
            text.Append('^');
            content = content[1..];
        }

        foreach (char c in content)
        {
            text.Append(c is '[' or ']' or '\\' or '^' ? $"\\{c}" : c.ToString());
        }

        text.Append(']');
    }
}
