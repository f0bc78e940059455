namespace Migrations.Core.Authoring;

/// <summary>The text after DEFAULT (syntax/column-constraint.html).</summary>
internal static class DefaultText
{
    private static readonly string[] Words = ["CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP"];

    /// <summary>
    /// An expression in parentheses, or a word as it is. Parentheses that are there are left, and more of them do no harm:
    /// "(a) + (b)" begins and ends with one, too.
    /// </summary>
    public static string OfExpression(string sql)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sql);
        string trimmed = sql.Trim();
        return Words.Contains(trimmed, StringComparer.OrdinalIgnoreCase) ? trimmed : $"({trimmed})";
    }
}
