using System.Text.RegularExpressions;

namespace Migrations.Tests.Preservation;

/// <summary>Compares the text of a table with what it was: some places have been edited, all between them is the same, byte for byte.</summary>
internal static partial class EditedText
{
    /// <summary>
    /// What is wrong, null where nothing is. Each edit is a piece of the old text and what stands there now, in the order of
    /// the text; at an edit's borders, and only there, white space and commas may be others.
    /// </summary>
    public static string? Difference(string before, string after, IReadOnlyList<(string From, string To)> edits)
    {
        int was = 0;
        int now = 0;
        string expected = "";
        foreach ((string from, string to) in edits.Append(("", "")))
        {
            bool isLast = from.Length == 0;
            int next = isLast ? before.Length : before.IndexOf(from, was, StringComparison.Ordinal);
            if (next < 0)
            {
                return $"The text never held, or not in this order: {from}";
            }

            string kept = before[was..next];
            kept = was == 0 ? kept : TrimBorder().Replace(kept, "", 1);
            kept = isLast ? kept : TrimEndBorder().Replace(kept, "", 1);
            int place = isLast ? after.Length - kept.Length : after.IndexOf(kept, now, StringComparison.Ordinal);
            if (place < now || !after.EndsWith(kept, StringComparison.Ordinal) && isLast || was == 0 && place != 0)
            {
                return $"Not kept as it was: {kept}\nThe text is: {after}";
            }

            if (!string.Equals(Normalize(after[now..place]), Normalize(expected), StringComparison.Ordinal))
            {
                return $"Expected the edit: {expected}\nbut there is: {after[now..place]}\nThe text is: {after}";
            }

            now = place + kept.Length;
            was = next + from.Length;
            expected = to;
        }

        return null;
    }

    private static string Normalize(string text) =>
        Commas().Replace(Spaces().Replace(text, " "), ", ").Trim(' ', ',');

    [GeneratedRegex(@"\A[\s,]+", RegexOptions.None, 60_000)]
    private static partial Regex TrimBorder();

    [GeneratedRegex(@"[\s,]+\z", RegexOptions.None, 60_000)]
    private static partial Regex TrimEndBorder();

    [GeneratedRegex(@"\s+", RegexOptions.None, 60_000)]
    private static partial Regex Spaces();

    [GeneratedRegex(@" ?, ?", RegexOptions.None, 60_000)]
    private static partial Regex Commas();
}
