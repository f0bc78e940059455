namespace Migrations.Core.Syntax;

/// <summary>A stretch of SQL text: where it starts and how many UTF-16 units it has. Immutable value.</summary>
internal readonly record struct SourceSpan(int Start, int Length)
{
    /// <summary>The position after the last unit.</summary>
    public int End => Start + Length;

    public static SourceSpan FromBounds(int start, int end) => new(start, end - start);

    public ReadOnlySpan<char> In(string text) => text.AsSpan(Start, Length);

    public string TextIn(string text) => text.Substring(Start, Length);
}
