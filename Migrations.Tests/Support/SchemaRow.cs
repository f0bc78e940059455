namespace Migrations.Tests.Support;

/// <summary>A row of sqlite_schema.</summary>
public sealed record SchemaRow(string Type, string Name, string TableName, string? Sql)
{
    /// <summary>The text, with the table's own name in double quotes however it was quoted: ALTER TABLE RENAME quotes it.</summary>
    public string? SqlWithQuotedName
    {
        get
        {
            const string Head = "CREATE TABLE ";
            if (Type is not "table" || Sql is null || !Sql.StartsWith(Head, StringComparison.Ordinal))
            {
                return Sql;
            }

            return Head + TestDatabase.Quote(Name) + Sql[EndOfName(Sql, Head.Length)..];
        }
    }

    public override string ToString() => $"{Type} {Name} on {TableName}: {Sql ?? "(no text)"}";

    private static int EndOfName(string sql, int start)
    {
        char open = sql[start];
        if (open is '[')
        {
            return sql.IndexOf(']', start) + 1;
        }

        if (open is not ('"' or '\'' or '`'))
        {
            int end = start;
            while (end < sql.Length && (char.IsAsciiLetterOrDigit(sql[end]) || sql[end] is '_' or '$' or > '\x7f'))
            {
                end++;
            }

            return end;
        }

        for (int i = start + 1; ; i++)
        {
            if (sql[i] == open && (i + 1 == sql.Length || sql[++i] != open))
            {
                return i;
            }
        }
    }
}
