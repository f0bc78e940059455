namespace Migrations.Tests.Support;

/// <summary>Compares names as SQLite does: without regard to ASCII case, with regard to all else ("É" and "é" are two names).</summary>
public sealed class NameComparer : IComparer<string>, IEqualityComparer<string>
{
    private NameComparer()
    {
    }

    public static NameComparer Instance { get; } = new();

    public int Compare(string? x, string? y) => string.CompareOrdinal(Fold(x), Fold(y));

    public bool Equals(string? x, string? y) => string.Equals(Fold(x), Fold(y), StringComparison.Ordinal);

    public int GetHashCode(string obj) => StringComparer.Ordinal.GetHashCode(Fold(obj) ?? "");

    private static string? Fold(string? name) =>
        name is null ? null : string.Concat(name.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c));
}
