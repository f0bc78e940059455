using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Tests.Support;

namespace Migrations.Tests.Corpus;

/// <summary>Whether the reason that a refusal gives is true, by what SQLite does and says.</summary>
internal static class Claims
{
    /// <summary>SQLite makes the change, and afterwards a view or trigger that the refusal names does not compile.</summary>
    public static bool IsBrokenByNative(Outcome native, Outcome ours) =>
        native.Succeeded
        && ours.Refusal is AlterationRefusedException { ObjectName: { } name } refusal
        && native.NewCompileErrors.Keys.Any(broken => Names(refusal, NameIn(broken))
            || NameComparer.Instance.Equals(broken, $"view {name}"));

    /// <summary>SQLite refuses the change too, for the reason that the refusal gives.</summary>
    public static bool IsRefusedByNative(Outcome native, Outcome ours)
    {
        if (native.Error is not SqliteException error || ours.Error is not { } refusal)
        {
            return false;
        }

        string message = error.Message;
        return refusal.InnerException?.Message == message
            || (message.Contains("PRIMARY KEY", StringComparison.Ordinal) && Says(refusal, "primary key"))
            || (message.Contains("UNIQUE", StringComparison.Ordinal) && Says(refusal, "unique"))
            || (message.Contains("no other columns exist", StringComparison.Ordinal) && Says(refusal, "only column"))
            || (message.Contains("error in table", StringComparison.Ordinal) && (Says(refusal, "check") || Says(refusal, "generated column") || Says(refusal, "unique") || Says(refusal, "foreign key")))
            || (refusal is AlterationRefusedException { ObjectName: { } name } && message.Contains($" {name} after", StringComparison.Ordinal))
            || (message.Contains("foreign key", StringComparison.OrdinalIgnoreCase) && (Says(refusal, "foreign key") || Says(refusal, "references")));
    }

    /// <summary>A table made anew with all columns but one leaves a view or trigger with the very error that the refusal tells.</summary>
    public static bool IsBrokenWithout(Trial trial, string column, Outcome ours) =>
        Says(ours.Error!, "would no longer compile")
        && trial.ErrorsWithout(column).Any(error => Says(ours.Error!, $"would no longer compile: {error.Value}.")
            && Names(ours.Error!, NameIn(error.Key)));

    /// <summary>The table's own key, constraint, generated column or index that the refusal names has to do with the column, by SQLite's pragmas or by the text.</summary>
    public static bool IsUsedInTable(Trial trial, string column, Outcome ours)
    {
        string message = ours.Error!.Message;
        string why = message[(message.IndexOf("refused: ", StringComparison.Ordinal) + 9)..];
        bool Uses(MeaningLine line) => line.Columns.Contains(column, NameComparer.Instance);
        string line = trial.Meaning.Columns.Single(Uses).Text;
        return (why.StartsWith("it is part of the primary key", StringComparison.Ordinal) && !line.Contains(", key 0,", StringComparison.Ordinal))
            || (why.StartsWith("it is the table's only column", StringComparison.Ordinal) && trial.Meaning.Columns.Length == 1)
            || (Says(ours.Error, "unique") && trial.Meaning.Indexes.Any(index => Uses(index) && index.Text.Contains(" origin u ", StringComparison.Ordinal)))
            || (Says(ours.Error, "references") && trial.Meaning.ForeignKeys.Any(Uses))
            || ((why.StartsWith("CHECK ", StringComparison.Ordinal) || why.StartsWith("generated column ", StringComparison.Ordinal))
                && why.Contains(column, StringComparison.OrdinalIgnoreCase) | trial.Before.TextOf(trial.Table)!.Contains(column, StringComparison.OrdinalIgnoreCase))
            || trial.Before.Schema.Any(row => row.Type is "index" && row.Sql is not null
                && why.StartsWith($"index {TestDatabase.Quote(row.Name)} uses it", StringComparison.Ordinal)
                && NameComparer.Instance.Equals(row.TableName, trial.Table)
                && row.Sql.Contains(column, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A foreign key of the table that the refusal names refers to the column, by SQLite's own list.</summary>
    public static bool IsReferredTo(Trial trial, string column, Outcome ours) =>
        ours.Refusal is AlterationRefusedException { ObjectName: { } child }
        && trial.Connection.Rows($"PRAGMA main.foreign_key_list({TestDatabase.Quote(child)})")
            .Any(row => NameComparer.Instance.Equals((string)row[2]!, trial.Table) && NameComparer.Instance.Equals((string?)row[4], column));

    /// <summary>A trigger of the table that the refusal names fires on UPDATE OF the column: dropped, it would never fire again.</summary>
    public static bool IsNamedByUpdateOf(Trial trial, string column, Outcome ours) =>
        ours.Refusal is AlterationRefusedException { ObjectName: { } name }
        && trial.Before.Schema.Any(row => row.Type is "trigger"
            && NameComparer.Instance.Equals(row.Name, name)
            && NameComparer.Instance.Equals(row.TableName, trial.Table)
            && row.Sql!.Contains("UPDATE OF", StringComparison.OrdinalIgnoreCase)
            && row.Sql.Contains(column, StringComparison.OrdinalIgnoreCase));

    /// <summary>A full-text table that the refusal names has the table as its content, and a column of that name.</summary>
    public static bool IsReadByFullText(Trial trial, string column, Outcome ours) =>
        ours.Refusal is AlterationRefusedException { ObjectName: { } name }
        && trial.Before.Schema.Any(row => row.Type is "table"
            && NameComparer.Instance.Equals(row.Name, name)
            && row.Sql!.Contains("content=", StringComparison.OrdinalIgnoreCase)
            && row.Sql.Contains(trial.Table, StringComparison.OrdinalIgnoreCase)
            && (row.Sql.Contains(column, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Rows that a unique index of the table would take for equal if the column compared by another collation.</summary>
    public static bool HasDuplicates(Trial trial, string column, string collation)
    {
        foreach (object?[] index in trial.Connection.Rows($"PRAGMA main.index_list({trial.Quoted})").Where(index => index[2] is 1L))
        {
            object?[][] parts = [.. trial.Connection.Rows($"PRAGMA main.index_xinfo({TestDatabase.Quote((string)index[1]!)})").Where(part => part[5] is 1L && part[2] is not null)];
            if (!parts.Any(part => NameComparer.Instance.Equals((string)part[2]!, column)))
            {
                continue;
            }

            string[] terms = [.. parts.Select(part => $"{TestDatabase.Quote((string)part[2]!)} COLLATE {(NameComparer.Instance.Equals((string)part[2]!, column) ? collation : part[4])}")];
            string notNull = string.Join(" AND ", parts.Select(part => $"{TestDatabase.Quote((string)part[2]!)} IS NOT NULL"));
            if (index[4] is 1L)
            {
                string sql = trial.Before.Schema.First(row => NameComparer.Instance.Equals(row.Name, (string)index[1]!)).Sql!;
                notNull += $" AND ({sql[(sql.LastIndexOf("WHERE", StringComparison.OrdinalIgnoreCase) + 5)..]}\n)";
            }

            if (trial.Connection.Scalar<long>($"SELECT count(*) FROM (SELECT 1 FROM main.{trial.Quoted} WHERE {notNull} GROUP BY {string.Join(", ", terms)} HAVING count(*) > 1)") > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Rows that refer to the column of a parent, and to no row of it if it compared by another collation.</summary>
    public static bool HasOrphans(Trial trial, string column, string collation) =>
        trial.Connection.Rows("SELECT l.name, f.\"from\", f.\"to\", f.\"table\" FROM pragma_table_list AS l, pragma_foreign_key_list(l.name) AS f WHERE l.schema = 'main'")
            .Where(key => NameComparer.Instance.Equals((string)key[3]!, trial.Table) && NameComparer.Instance.Equals((string?)key[2] ?? PrimaryKey(trial), column))
            .Any(key => trial.Connection.Scalar<long>($"""
                SELECT count(*) FROM main.{TestDatabase.Quote((string)key[0]!)} AS child WHERE child.{TestDatabase.Quote((string)key[1]!)} IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM main.{trial.Quoted} AS parent WHERE parent.{TestDatabase.Quote(column)} COLLATE {collation} = child.{TestDatabase.Quote((string)key[1]!)})
                """) > 0);

    // "view v", "INSERT on t", "UPDATE of t".
    private static string NameIn(string key) =>
        key.StartsWith("view ", StringComparison.Ordinal) ? key[5..] : key[(key.IndexOf(' ', StringComparison.Ordinal) + 4)..];

    // What REFERENCES without a column means.
    private static string PrimaryKey(Trial trial) =>
        trial.Meaning.Columns.First(line => line.Text.Contains(", key 1,", StringComparison.Ordinal)).Columns[0];

    private static bool Says(Exception refusal, string words) => refusal.Message.Contains(words, StringComparison.OrdinalIgnoreCase);

    private static bool Names(Exception refusal, string name) => refusal.Message.Contains($"\"{name}\"", StringComparison.OrdinalIgnoreCase);
}
