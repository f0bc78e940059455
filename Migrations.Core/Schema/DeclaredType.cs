using Migrations.Core.Syntax;

namespace Migrations.Core.Schema;

/// <summary>What SQLite makes of the declared type of a column (datatype3.html, sections 3.1 and 3.3).</summary>
internal static class DeclaredType
{
    /// <summary>
    /// The type as SQLite keeps it: where it begins with a quote, the text up to the closing one counts and what follows
    /// is dropped.
    /// </summary>
    public static string Normalize(string declaredType)
    {
        if (declaredType.Length < 2 || declaredType[0] is not ('"' or '\'' or '`' or '['))
        {
            return declaredType;
        }

        char quote = declaredType[0] is '[' ? ']' : declaredType[0];
        var text = new System.Text.StringBuilder(declaredType.Length);
        for (int i = 1; i < declaredType.Length; i++)
        {
            if (declaredType[i] == quote && (i + 1 == declaredType.Length || declaredType[++i] != quote))
            {
                break;
            }

            text.Append(declaredType[i]);
        }

        return text.ToString();
    }

    /// <summary>Whether a single primary key column of this type is another name of the rowid: INTEGER and nothing else.</summary>
    public static bool IsInteger(string declaredType) =>
        SqlText.EqualsIgnoreAsciiCase(Normalize(declaredType), "INTEGER");

    /// <summary>The affinity. ANY means NUMERIC in an ordinary table and no conversion in a STRICT one (stricttables.html).</summary>
    public static Affinity GetAffinity(string declaredType, bool isStrict)
    {
        string type = Normalize(declaredType);
        if (type.Length == 0)
        {
            return Affinity.Blob;
        }

        if (Contains(type, "INT"))
        {
            return Affinity.Integer;
        }

        if (Contains(type, "CHAR") || Contains(type, "CLOB") || Contains(type, "TEXT"))
        {
            return Affinity.Text;
        }

        if (Contains(type, "BLOB"))
        {
            return Affinity.Blob;
        }

        if (Contains(type, "REAL") || Contains(type, "FLOA") || Contains(type, "DOUB"))
        {
            return Affinity.Real;
        }

        return isStrict && SqlText.EqualsIgnoreAsciiCase(type, "ANY") ? Affinity.Blob : Affinity.Numeric;
    }

    private static bool Contains(string type, string part)
    {
        for (int i = 0; i + part.Length <= type.Length; i++)
        {
            if (SqlText.EqualsIgnoreAsciiCase(type.AsSpan(i, part.Length), part))
            {
                return true;
            }
        }

        return false;
    }
}
