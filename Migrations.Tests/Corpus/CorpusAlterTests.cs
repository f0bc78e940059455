using Migrations.Core;
using Migrations.Core.Alteration.Execution;
using Migrations.Core.Changes;
using Migrations.Core.Syntax;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Corpus;

/// <summary>
/// Every column of real schemas with another nullability, default, type of the same affinity and collation in one pass: SQLite's
/// pragmas tell of these changes and of no other. What rows or the schema forbid is refused by itself first.
/// </summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class CorpusAlterTests
{
    [TestCaseSource(typeof(CorpusDatabase), nameof(CorpusDatabase.Names))]
    public void Alter_changes_nullability_default_type_and_collation_of_every_column(string name)
    {
        CorpusTally tally = new();
        CorpusDatabase.Of(name).ForEachColumn(CorpusChange.Alter, (trial, column) => Alter(tally, trial, column));
        tally.Assert();
    }

    private static void Alter(CorpusTally tally, Trial trial, string column)
    {
        string what = $"{trial.Table}.{column}";
        ColumnLine line = ColumnLine.Of(trial.Meaning.Columns.Single(candidate => NameComparer.Instance.Equals(candidate.Columns[0], column)).Text);
        ColumnLine expected = line;
        List<TableChange> changes = [];

        long nulls = trial.Connection.Scalar<long>($"SELECT count(*) FROM main.{trial.Quoted} WHERE {TestDatabase.Quote(column)} IS NULL");
        SetNullability nullability = new(column, IsNullable: line.IsNotNull);
        if (!line.IsNotNull && nulls > 0)
        {
            Outcome refused = Refuse<RowsRefusedException>(tally, trial, what, nullability);
            tally.Require(what, refused.Error is RowsRefusedException rows && rows.Count == nulls, $"{nulls} rows are NULL: {refused.Error?.Message}");
        }
        else
        {
            changes.Add(nullability);

            // Keys of tables WITHOUT ROWID and of STRICT ones are not null whatever stands there (withoutrowid.html, section 2; stricttables.html).
            bool isAlwaysNotNull = line.Key is not "0" && !IsRowIdAlias(trial, line)
                && (trial.Meaning.Options.Contains("without rowid 1", StringComparison.Ordinal) || trial.Meaning.Options.EndsWith('1'));
            expected = expected with { NotNull = line.IsNotNull && !isAlwaysNotNull ? "0" : "1" };
            AskSqlite(tally, trial, column, nullability, expected);
        }

        SetDefault setDefault = new(column, line.Default is "none" ? "'another'" : null);
        if (line.IsGenerated)
        {
            Refuse<AlterationRefusedException>(tally, trial, what, setDefault with { Value = "1" });
        }
        else
        {
            changes.Add(setDefault);
            expected = expected with { Default = setDefault.Value ?? "none" };
        }

        if (OtherType(line.Type, trial.Meaning.Options.EndsWith('1')) is { } type)
        {
            if (IsRowIdAlias(trial, line))
            {
                Refuse<AlterationRefusedException>(tally, trial, what, new SetType(column, type));
            }
            else
            {
                changes.Add(new SetType(column, type));
                expected = expected with { Type = type };
            }
        }

        bool isBinary = line.Collation is "BINARY";
        string collation = isBinary ? "NOCASE" : "BINARY";
        SetCollation setCollation = new(column, isBinary ? new SqlIdentifier("NOCASE") : default(SqlIdentifier?));
        if (Claims.HasDuplicates(trial, column, collation) || Claims.HasOrphans(trial, column, collation))
        {
            // Whether the rows stand in the way is SQLite's decision; where they do, nothing is changed.
            Outcome alone = trial.Alter(setCollation);
            if (!alone.Succeeded)
            {
                tally.Refused(alone);
                tally.RequireNone(what, alone.Content.DifferencesApartFrom(table: null, trial.Before));
            }
        }
        else
        {
            changes.Add(setCollation);
            expected = expected with { Collation = collation };
        }

        Judge(tally, trial, column, trial.Alter([.. changes]), expected.ToString());
    }

    private static Outcome Refuse<T>(CorpusTally tally, Trial trial, string what, TableChange change)
        where T : MigrationsException
    {
        Outcome outcome = trial.Alter(change);
        tally.Require(what, outcome.Error is T, $"{change} was not refused: {outcome.Error?.Message}");
        tally.RequireNone(what, outcome.Content.DifferencesApartFrom(table: null, trial.Before));
        tally.Refused(outcome);
        return outcome;
    }

    /// <summary>SQLite 3.53 sets and drops NOT NULL itself; older versions can't be asked.</summary>
    private static void AskSqlite(CorpusTally tally, Trial trial, string column, SetNullability change, ColumnLine expected)
    {
        if (SqliteVersion.Current >= new Version(3, 53))
        {
            Outcome native = trial.Native($"ALTER TABLE main.{trial.Quoted} ALTER COLUMN {TestDatabase.Quote(column)} {(change.IsNullable ? "DROP" : "SET")} NOT NULL");
            tally.Require($"{trial.Table}.{column}", native.Succeeded, $"SQLite did not: {native.Error?.Message}");
            if (native.Succeeded)
            {
                ColumnLine line = ColumnLine.Of(native.Meaning!.Columns.Single(candidate => NameComparer.Instance.Equals(candidate.Columns[0], column)).Text);
                tally.Require($"{trial.Table}.{column}", line.NotNull == expected.NotNull, $"SQLite's column is {line}");
            }
        }
    }

    /// <summary>INTEGER PRIMARY KEY is another name of the rowid (lang_createtable.html, section 5), and then its key has no index.</summary>
    private static bool IsRowIdAlias(Trial trial, ColumnLine line) =>
        trial.Meaning.Options.Contains("without rowid 0", StringComparison.Ordinal)
        && trial.Meaning.Columns.Count(other => !other.Text.Contains(", key 0,", StringComparison.Ordinal)) == 1
        && line.Key is "1"
        && NameComparer.Instance.Equals(line.Type, "INTEGER")
        && !trial.Meaning.Indexes.Any(index => index.Text.Contains(" origin pk ", StringComparison.Ordinal));

    private static string? OtherType(string type, bool isStrict)
    {
        string upper = type.ToUpperInvariant();
        if (isStrict)
        {
            return upper switch { "INTEGER" => "INT", "INT" => "INTEGER", _ => null };
        }

        // The rules of datatype3.html, section 3.1, in their order.
        bool Has(string part) => upper.Contains(part, StringComparison.Ordinal);
        return Has("INT") ? upper is "BIGINT" ? "UNSIGNED BIG INT" : "BIGINT"
            : Has("CHAR") || Has("CLOB") || Has("TEXT") ? upper is "VARCHAR(77)" ? "TEXT" : "VARCHAR(77)"
            : Has("BLOB") ? "LONGBLOB"
            : upper.Length == 0 ? "BLOB"
            : Has("REAL") || Has("FLOA") || Has("DOUB") ? upper is "DOUBLE PRECISION" ? "REAL" : "DOUBLE PRECISION"
            : upper is "DECIMAL(10,2)" ? "NUMERIC" : "DECIMAL(10,2)";
    }

    private static void Judge(CorpusTally tally, Trial trial, string column, Outcome ours, string expected)
    {
        string what = $"{trial.Table}.{column}";
        if (!ours.Succeeded)
        {
            tally.Require(what, holds: false, $"refused: {ours.Error?.Message}");
            return;
        }

        tally.Done();
        IEnumerable<string> columns = trial.Meaning.Columns.Select(line => NameComparer.Instance.Equals(line.Columns[0], column) ? expected : line.Text);
        tally.RequireNone(what, TableMeaning.Differences([trial.Meaning.Options, .. columns, .. trial.Meaning.ForeignKeys.Select(line => line.Text)], [ours.Meaning!.Options, .. ours.Meaning.Columns.Select(line => line.Text), .. ours.Meaning.ForeignKeys.Select(line => line.Text)]));
        tally.RequireNone(what, TableMeaning.Differences(Indexes(trial.Meaning), Indexes(ours.Meaning)));
        tally.RequireNone(what, ours.Content.DifferencesApartFrom(trial.Table, trial.Before).Where(line => !line.Contains("sqlite_stat", StringComparison.Ordinal)));
        tally.Require(what, ours.Content.Tables[trial.Table] == trial.Before.Tables[trial.Table], "the rows are not as they were");
        tally.RequireNone(what, ours.NewCompileErrors.Values);
        tally.Require(what, ours.Damage is null, $"integrity_check: {ours.Damage}");
        tally.Require(what, ours.NewViolations is null, $"foreign_key_check: {ours.NewViolations}");
        tally.Require(what, TextOutside.IsUnchanged(trial.Before.TextOf(trial.Table)!, ours.Content.TextOf(trial.Table)!, column), $"more than the column is different: {ours.Content.TextOf(trial.Table)}");

        // A column's collation is that of its part in an index, unless the index says its own.
        IEnumerable<string> Indexes(TableMeaning meaning) => meaning.Indexes.Select(line => line.Columns.Contains(column, NameComparer.Instance)
            ? line.Text.Replace(" NOCASE", " BINARY", StringComparison.OrdinalIgnoreCase).Replace(" RTRIM", " BINARY", StringComparison.OrdinalIgnoreCase)
            : line.Text).Order(StringComparer.Ordinal);
    }
}
