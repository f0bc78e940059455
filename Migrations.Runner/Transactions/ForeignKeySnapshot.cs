using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;
using Migrations.Runner.Processing;

namespace Migrations.Runner.Transactions;

/// <summary>
/// Which rows violate foreign keys at a moment, in all databases of a connection. Kept by child, row and parent: the numbers
/// of the keys change when keys are added or dropped. Immutable.
/// </summary>
internal sealed class ForeignKeySnapshot
{
    private const int SampleSize = 10;

    private readonly Dictionary<Violation, long> violations;

    private ForeignKeySnapshot(Dictionary<Violation, long> violations) => this.violations = violations;

    public static ForeignKeySnapshot Read(SqliteConnection connection)
    {
        Dictionary<Violation, long> found = [];
        foreach (SqlIdentifier database in AttachedDatabases.Read(connection))
        {
            foreach (SqlIdentifier child in ReadChildren(connection, database))
            {
                foreach (Violation violation in Check(connection, database, child))
                {
                    found[violation] = found.GetValueOrDefault(violation) + 1;
                }
            }
        }

        return new(found);
    }

    /// <summary>Fails where rows violate a foreign key now that did not at the moment of this snapshot.</summary>
    public void ThrowIfViolated(SqliteConnection connection, IReadOnlyList<(TableName Table, SqlIdentifier NewName)> renames)
    {
        Dictionary<Violation, long> known = [];
        foreach ((Violation violation, long count) in violations)
        {
            Violation renamed = renames.Aggregate(violation, Rename);
            known[renamed] = known.GetValueOrDefault(renamed) + count;
        }

        List<(Violation Violation, long Count)> added = [.. Read(connection).violations
            .Select(entry => (entry.Key, entry.Value - known.GetValueOrDefault(entry.Key)))
            .Where(entry => entry.Item2 > 0)];
        if (added.Count > 0)
        {
            throw Describe(added);
        }
    }

    private static ImmutableArray<SqlIdentifier> ReadChildren(SqliteConnection connection, SqlIdentifier database) =>
    [
        .. connection.ReadRows(
            $"SELECT name FROM {database.Quoted}.sqlite_schema AS t WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' "
            + "AND EXISTS (SELECT 1 FROM pragma_foreign_key_list(t.name, ?1))",
            database.Name).Select(row => new SqlIdentifier((string)row[0]!)),
    ];

    private static IEnumerable<Violation> Check(SqliteConnection connection, SqlIdentifier database, SqlIdentifier child)
    {
        try
        {
            return [.. connection.ReadRows($"PRAGMA {database.Quoted}.foreign_key_check({child.Quoted})")
                .Select(row => new Violation(database, child, (long?)row[1], (string)row[2]!, Mismatch: null))];
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_ERROR)
        {
            // A parent without the key that the child refers to (foreignkeys.html, section 3). It is new or it is not, like a row's violation.
            return [new Violation(database, child, RowId: null, "", exception.Message)];
        }
    }

    private static Violation Rename(Violation violation, (TableName Table, SqlIdentifier NewName) rename) =>
        violation.Database != rename.Table.Database ? violation : violation with
        {
            Child = violation.Child == rename.Table.Table ? rename.NewName : violation.Child,
            Parent = violation.Parent == rename.Table.Table ? rename.NewName : violation.Parent,
        };

    private static ForeignKeyViolationException Describe(List<(Violation Violation, long Count)> added)
    {
        const string Reason =
            "This migration copies a table, so foreign keys are not enforced while it runs and ON DELETE and ON UPDATE actions do not happen. "
            + "Change the child rows in the migration itself, or put its data statements into a migration of their own.";
        if (added.Select(entry => entry.Violation).FirstOrDefault(violation => violation.Mismatch is not null) is { Mismatch: { } mismatch } broken)
        {
            return new(
                $"The migration would leave a foreign key of {broken.Child} without a key to refer to ({mismatch}). Nothing was changed.",
                added.Count,
                []);
        }

        long count = added.Sum(entry => entry.Count);
        ImmutableArray<ForeignKeyViolation> sample =
        [
            .. added.Take(SampleSize).Select(entry => new ForeignKeyViolation(
                entry.Violation.Database.Name, entry.Violation.Child.Name, entry.Violation.RowId, entry.Violation.Parent.Name)),
        ];
        string rows = string.Join("; ", sample) + (count > sample.Length ? "; ..." : "");
        return new(
            string.Create(CultureInfo.InvariantCulture, $"The migration would leave {count} rows without a parent: {rows}. Nothing was changed. {Reason}"),
            count,
            sample);
    }

    private sealed record Violation(SqlIdentifier Database, SqlIdentifier Child, long? RowId, SqlIdentifier Parent, string? Mismatch);
}
