using System.Collections.Immutable;
using System.Globalization;

namespace Migrations.Core.Schema.Script;

/// <summary>
/// The difference between two texts, line by line: "- " before lines of the first only, "+ " before those of the second only, with some
/// lines around them.
/// </summary>
internal static class LineDiff
{
    private const int MostLines = 200;

    /// <summary>The lines that show the difference; empty where there is none.</summary>
    /// <param name="old">The first text.</param>
    /// <param name="new">The second text.</param>
    /// <param name="areEqual">Which lines count as the same.</param>
    /// <param name="context">How many of the same lines are shown around a difference.</param>
    public static ImmutableArray<string> Of(ImmutableArray<string> old, ImmutableArray<string> @new, Func<string, string, bool> areEqual, int context = 3)
    {
        List<(char Mark, string Line)> all = All(old, @new, areEqual);
        ImmutableArray<string>.Builder shown = ImmutableArray.CreateBuilder<string>();
        int oldLine = 0;
        int last = -1;
        int left = 0;
        for (int i = 0; i < all.Count; i++)
        {
            oldLine += all[i].Mark == '+' ? 0 : 1;
            if (!IsNear(all, i, context))
            {
                continue;
            }

            if (shown.Count >= MostLines)
            {
                left++;
                continue;
            }

            if (i != last + 1)
            {
                shown.Add(string.Create(CultureInfo.InvariantCulture, $"@@ line {Math.Max(1, oldLine)} @@"));
            }

            shown.Add($"{all[i].Mark} {all[i].Line}".TrimEnd());
            last = i;
        }

        if (left > 0)
        {
            shown.Add(string.Create(CultureInfo.InvariantCulture, $"... and {left} lines more"));
        }

        return shown.ToImmutable();
    }

    private static bool IsNear(List<(char Mark, string Line)> all, int index, int context)
    {
        for (int i = Math.Max(0, index - context); i <= Math.Min(all.Count - 1, index + context); i++)
        {
            if (all[i].Mark != ' ')
            {
                return true;
            }
        }

        return false;
    }

    private static List<(char Mark, string Line)> All(ImmutableArray<string> old, ImmutableArray<string> @new, Func<string, string, bool> areEqual)
    {
        int start = 0;
        while (start < old.Length && start < @new.Length && areEqual(old[start], @new[start]))
        {
            start++;
        }

        int oldEnd = old.Length;
        int newEnd = @new.Length;
        while (oldEnd > start && newEnd > start && areEqual(old[oldEnd - 1], @new[newEnd - 1]))
        {
            oldEnd--;
            newEnd--;
        }

        List<(char, string)> lines = [.. @new[..start].Select(line => (' ', line))];
        AddMiddle(lines, old[start..oldEnd], @new[start..newEnd], areEqual);
        lines.AddRange(@new[newEnd..].Select(line => (' ', line)));
        return lines;
    }

    // The longest common subsequence, from the table of its lengths.
    private static void AddMiddle(List<(char Mark, string Line)> lines, ImmutableArray<string> old, ImmutableArray<string> @new, Func<string, string, bool> areEqual)
    {
        int[,] length = new int[old.Length + 1, @new.Length + 1];
        for (int i = old.Length - 1; i >= 0; i--)
        {
            for (int j = @new.Length - 1; j >= 0; j--)
            {
                length[i, j] = areEqual(old[i], @new[j]) ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]);
            }
        }

        for (int i = 0, j = 0; i < old.Length || j < @new.Length;)
        {
            if (i < old.Length && j < @new.Length && areEqual(old[i], @new[j]))
            {
                lines.Add((' ', @new[j++]));
                i++;
            }
            else if (i < old.Length && (j == @new.Length || length[i + 1, j] >= length[i, j + 1]))
            {
                lines.Add(('-', old[i++]));
            }
            else
            {
                lines.Add(('+', @new[j++]));
            }
        }
    }
}
