using Migrations.Core.Syntax;

namespace Migrations.Testing.Steps;

/// <summary>
/// Finds the column that a C# name means: the one of that name without regard to ASCII case, as SQLite compares; else the one that
/// differs only by underscores, for C# names have none where SQL names have them.
/// </summary>
internal static class NameMatch
{
    /// <summary>Where the name is among others; negative where it is not, or where several are equally near.</summary>
    public static int IndexOf(IReadOnlyList<string> names, string name)
    {
        int exact = Only(names, other => (SqlIdentifier)other == name);
        return exact >= 0 ? exact : Only(names, other => Same(other, name));
    }

    /// <summary>Whether two names differ by case and underscores at most.</summary>
    public static bool Same(string left, string right) => (SqlIdentifier)Plain(left) == Plain(right);

    public static string List(IEnumerable<string> names) => string.Join(", ", names.Select(SqlIdentifier.Quote));

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal);

    private static int Only(IReadOnlyList<string> names, Func<string, bool> isMeant)
    {
        int found = -1;
        for (int i = 0; i < names.Count; i++)
        {
            if (isMeant(names[i]))
            {
                if (found >= 0)
                {
                    return -1;
                }

                found = i;
            }
        }

        return found;
    }
}
