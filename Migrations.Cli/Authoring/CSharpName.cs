using System.Collections.Frozen;
using System.Globalization;

namespace Migrations.Cli.Authoring;

/// <summary>Names as C# takes them.</summary>
internal static class CSharpName
{
    private static readonly FrozenSet<string> Keywords =
        (
            "abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit extern "
            + "false finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new null object operator out override "
            + "params private protected public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this throw true try typeof "
            + "uint ulong unchecked unsafe ushort using virtual void volatile while").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static bool IsIdentifier(string text) => text.Length > 0 && IsFirst(text[0]) && text.All(IsPart) && !Keywords.Contains(text);

    /// <summary>Whether it is a namespace: identifiers with dots between them, of which keywords begin with "@".</summary>
    public static bool IsNamespace(string text) => text.Split('.').All(part => IsIdentifier(part) || (part is ['@', ..] && Keywords.Contains(part[1..])));

    /// <summary>A folder's name as a part of a namespace: what C# does not take becomes "_".</summary>
    public static string ToNamespace(string folder)
    {
        string name = string.Concat(folder.Select(c => IsPart(c) ? c : '_'));
        return name.Length == 0 || !IsFirst(name[0]) ? $"_{name}" : Keywords.Contains(name) ? $"@{name}" : name;
    }

    private static bool IsFirst(char c) => c == '_' || char.IsLetter(c);

    private static bool IsPart(char c) => c == '_' || char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
