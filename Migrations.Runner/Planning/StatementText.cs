namespace Migrations.Runner.Planning;

/// <summary>Statements as they are named in a sentence.</summary>
internal static class StatementText
{
    private const int Longest = 80;

    /// <summary>The beginning of a statement, in one line.</summary>
    public static string Short(string sql)
    {
        string line = string.Join(' ', sql.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)).TrimEnd(';', ' ');
        return line.Length <= Longest ? line : line[..(Longest - 3)].TrimEnd() + "...";
    }
}
