using System.Globalization;
using System.Text;
using Migrations.Tests.Support;

namespace Migrations.Tests.Properties;

/// <summary>The text of a CREATE TABLE by chance, with every construct of the grammar that a table's meaning depends on.</summary>
internal sealed class RandomTable
{
    private static readonly string[] Names =
        ["id", "Name", "value", "group", "two words", "quote\"d", "ünï", "key", "a.b", "Größe", "x$1", "rowid_", "order"];

    private static readonly string[] Types =
        ["INTEGER", "INT", "TEXT", "VARCHAR(20)", "REAL", "DOUBLE PRECISION", "BLOB", "NUMERIC", "DECIMAL(10,-2)", "BOOLEAN", "", "UNSIGNED BIG INT"];

    private static readonly string[] StrictTypes = ["INTEGER", "INT", "TEXT", "REAL", "BLOB", "ANY"];

    private static readonly string[] Defaults =
        ["5", "-5", "+1.5", "'it''s'", "x'00ff'", "NULL", "TRUE", "CURRENT_TIMESTAMP", "(1 + 2)", "(abs(-3))", "''", "1e3", "word"];

    private static readonly string[] Trivia = [" ", " ", " ", "\n  ", " /* note */ ", " -- note\n ", "\t"];

    private readonly Random random;
    private readonly IReadOnlyList<(string Table, string Key)> parents;
    private readonly StringBuilder sql = new();
    private readonly List<string> columns = [];
    private readonly List<string> generated = [];
    private readonly bool isStrict;
    private readonly bool isWithoutRowId;
    private bool hasKey;
    private int constraints;

    public RandomTable(Random random, string name, IReadOnlyList<(string Table, string Key)> parents)
    {
        this.random = random;
        this.parents = parents;
        Name = name;
        isStrict = Chance(25);
        isWithoutRowId = Chance(20);
    }

    public string Name { get; }

    /// <summary>A column or a place for one that foreign keys of other tables may refer to; null where there is none.</summary>
    public string? SingleKey { get; private set; }

    /// <summary>The statement; SQLite may still refuse it.</summary>
    public string Write()
    {
        Say($"CREATE TABLE {Quote(Name)}").Say("(");
        columns.AddRange(Names.OrderBy(_ => random.Next()).Take(random.Next(2, 7)));
        for (int i = 0; i < columns.Count; i++)
        {
            sql.Append(i == 0 ? "" : ",");
            Column(columns[i], i);
        }

        TableConstraints();
        Say(")");
        string options = string.Join(", ", new[] { isWithoutRowId && hasKey ? "WITHOUT ROWID" : "", isStrict ? "STRICT" : "" }.Where(option => option.Length > 0));
        return sql.Append(options).ToString();
    }

    private void Column(string name, int position)
    {
        string type = isStrict ? Pick(StrictTypes) : Pick(Types);
        bool isKey = position == 0 && Chance(60);
        type = isKey && Chance(50) ? "INTEGER" : type;
        Say(Quote(name));
        Say(type);
        if (position > 0 && Chance(15))
        {
            Say($"{(Chance(50) ? "GENERATED ALWAYS " : "")}AS ({Quote(columns[0])} {Pick(["|| '!'", "+ 1", "IS NULL"])}) {Pick(["VIRTUAL", "STORED", ""])}");
            Maybe(10, () => Say("UNIQUE"));
            generated.Add(name);
            return;
        }

        List<string> parts = [];
        if (isKey)
        {
            hasKey = true;
            SingleKey = name;
            parts.Add(Named() + "PRIMARY KEY" + (type is "INTEGER" && !isWithoutRowId && Chance(40) ? " AUTOINCREMENT" : Pick(["", "", " DESC", " ON CONFLICT REPLACE"])));
        }

        Maybe(35, () => parts.Add(Named() + "NOT NULL" + Pick(["", "", " ON CONFLICT IGNORE"])));
        Maybe(15, () => parts.Add(Named() + "UNIQUE" + Pick(["", "", " ON CONFLICT REPLACE"])));
        Maybe(40, () => parts.Add(Named() + "DEFAULT " + Pick(Defaults)));
        Maybe(25, () => parts.Add("COLLATE " + Pick(["NOCASE", "RTRIM", "binary"])));
        Maybe(20, () => parts.Add(Named() + $"CHECK ({(Chance(30) ? Quote(Name) + "." : "")}{Quote(name)} IS NOT {Pick(["'bad'", "-99"])})"));
        if (!isKey && parents.Count > 0 && Chance(30))
        {
            (string table, string key) = parents[random.Next(parents.Count)];
            parts.Add(Named() + $"REFERENCES {Quote(table)}{(Chance(70) ? $"({Quote(key)})" : "")}{Actions()}");
        }

        foreach (string part in parts.OrderBy(_ => random.Next()))
        {
            Say(part);
        }
    }

    private void TableConstraints()
    {
        if (!hasKey && Chance(60))
        {
            hasKey = true;
            string[] key = [.. columns.OrderBy(_ => random.Next()).Take(random.Next(1, 3))];
            SingleKey = key.Length == 1 ? key[0] : null;
            Constraint($"PRIMARY KEY ({string.Join(", ", key.Select(Quote))}{Pick(["", "", " DESC"])})");
        }

        Maybe(30, () => Constraint($"UNIQUE ({string.Join(", ", columns.OrderBy(_ => random.Next()).Take(2).Select(Quote))}){Pick(["", " ON CONFLICT ABORT"])}"));
        Maybe(30, () => Constraint($"CHECK ({Quote(Pick(columns))} IS NOT 'bad' AND length({Quote(columns[0])}) IS NOT 333)"));
        if (SingleKey is { } own && Chance(25))
        {
            // An action that writes a generated column would keep every statement on the parent from compiling.
            string actions = Actions();
            Constraint($"FOREIGN KEY ({Quote(columns[^1])}) REFERENCES {Quote(Name)} ({Quote(own)}){(generated.Contains(columns[^1]) ? "" : actions)}");
        }
    }

    private string Actions() =>
        Pick(["", " ON DELETE CASCADE", " ON DELETE SET NULL ON UPDATE CASCADE", " ON UPDATE RESTRICT", " MATCH SIMPLE"]) + Pick(["", "", " DEFERRABLE INITIALLY DEFERRED", " NOT DEFERRABLE"]);

    private string Named() => Chance(30) ? string.Create(CultureInfo.InvariantCulture, $"CONSTRAINT \"c {++constraints}\" ") : "";

    private void Constraint(string text)
    {
        sql.Append(',');
        Say(Named() + text);
    }

    private RandomTable Say(string text)
    {
        sql.Append(Pick(Trivia)).Append(text).Append(' ');
        return this;
    }

    private string Quote(string name)
    {
        bool isPlain = name.All(c => char.IsAsciiLetter(c) || c is '_') && name is not ("group" or "order" or "key");
        return random.Next(4) switch
        {
            0 when !name.Contains('"', StringComparison.Ordinal) => $"[{name}]",
            1 => $"`{name}`",
            2 when isPlain => name,
            _ => TestDatabase.Quote(name),
        };
    }

    private bool Chance(int percent) => random.Next(100) < percent;

    private void Maybe(int percent, Action action)
    {
        if (Chance(percent))
        {
            action();
        }
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
