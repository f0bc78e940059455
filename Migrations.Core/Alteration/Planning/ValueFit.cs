using Migrations.Core.Schema;

namespace Migrations.Core.Alteration.Planning;

/// <summary>
/// Conditions, in SQL, for values that a column of another type would change in a way that can't be undone, or would not
/// take (datatype3.html, section 3; stricttables.html). Affinity is asked of SQLite itself: "x = CAST(x AS NUMERIC)"
/// applies numeric affinity to x, so it holds exactly for well-formed numbers.
/// </summary>
internal static class ValueFit
{
    /// <summary>The condition, or null where no value can be changed.</summary>
    public static string? Altered(ColumnSchema old, bool oldIsStrict, ColumnSchema now, bool isStrict)
    {
        if (isStrict && (!oldIsStrict || !SqlTypeEquals(old, now)))
        {
            return StrictTypeOf(now) == "ANY" ? null : $"{Mangled(now.Affinity, now.Name.Quoted) ?? "0"} OR {NotAllowedInStrict(now)}";
        }

        // ANY in a STRICT table keeps '007'; ANY elsewhere is NUMERIC and makes it 7.
        bool sameAffinity = old.Affinity == now.Affinity && (oldIsStrict == isStrict || StrictTypeOf(old) != "ANY");
        if (sameAffinity)
        {
            return null;
        }

        string x = now.Name.Quoted;
        string? mangled = Mangled(now.Affinity, x);
        bool wasFree = old.Affinity is Affinity.Text or Affinity.Blob;
        return now.Affinity is Affinity.Integer or Affinity.Real && wasFree
            ? $"{mangled} OR (typeof({x}) = 'text' AND NOT {IsNumber(x)}) OR typeof({x}) = 'blob'"
            : mangled;
    }

    /// <summary>Values that a STRICT table refuses in a column (stricttables.html, section 2).</summary>
    public static string NotAllowedInStrict(ColumnSchema column)
    {
        string x = column.Name.Quoted;
        return StrictTypeOf(column) switch
        {
            "INT" or "INTEGER" => $"(typeof({x}) = 'blob' OR (typeof({x}) = 'text' AND NOT ({IsNumber(x)} AND typeof(CAST({x} AS NUMERIC)) = 'integer'))"
                + $" OR (typeof({x}) = 'real' AND typeof(CAST({x} AS NUMERIC)) <> 'integer' AND {x} <> CAST({x} AS INTEGER)))",
            "REAL" => $"(typeof({x}) = 'blob' OR (typeof({x}) = 'text' AND NOT {IsNumber(x)}))",
            "TEXT" => $"typeof({x}) = 'blob'",
            "BLOB" => $"typeof({x}) NOT IN ('blob', 'null')",
            _ => "0",
        };
    }

    /// <summary>Whether a column of a STRICT table takes integers only.</summary>
    public static bool IsStrictInteger(ColumnSchema column) => StrictTypeOf(column) is "INT" or "INTEGER";

    private static string IsNumber(string x) => $"({x} = CAST({x} AS NUMERIC))";

    /// <summary>Values that a column of an affinity stores in another form from which the old one can't be told.</summary>
    private static string? Mangled(Affinity affinity, string x)
    {
        // The canonical text of a number is what SQLite itself prints for it.
        string canonical = $"CAST({x} AS BLOB) IN (CAST(CAST(CAST({x} AS NUMERIC) AS TEXT) AS BLOB), CAST(CAST(CAST({x} AS REAL) AS TEXT) AS BLOB))";
        string text = $"(typeof({x}) = 'text' AND {IsNumber(x)} AND NOT {canonical})";
        return affinity switch
        {
            Affinity.Text => $"(typeof({x}) = 'real' AND CAST(CAST({x} AS TEXT) AS REAL) <> {x})",
            Affinity.Integer or Affinity.Numeric => text,
            Affinity.Real => $"({text} OR (typeof({x}) = 'integer' AND {x} NOT BETWEEN -9007199254740992 AND 9007199254740992"
                + $" AND ({x} > 9223372036854774784 OR CAST(CAST({x} AS REAL) AS INTEGER) <> {x})))",
            _ => null,
        };
    }

    private static string StrictTypeOf(ColumnSchema column) => column.DeclaredType.Trim().ToUpperInvariant();

    private static bool SqlTypeEquals(ColumnSchema old, ColumnSchema now) => StrictTypeOf(old) == StrictTypeOf(now);
}
