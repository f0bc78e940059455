using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Tests.Support;
using NUnit.Framework;
using SQLitePCL;

namespace Migrations.Tests.ForeignKeys;

/// <summary>
/// A copy of a table that takes part in foreign keys changes no row of any table. The one case in which SQLite leaves no
/// way (enforced, inside a caller's transaction, another row may refer to the table) is refused by name.
/// </summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class ForeignKeyMatrixTests
{
    private static readonly string[] Actions = ["NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT"];

    [Test]
    public void Copy_in_a_transaction_of_its_own_changes_no_row(
        [ValueSource(nameof(Actions))] string action, [Values] bool deferred, [Values] ForeignKeyShape shape, [Values] bool enforced)
    {
        ForeignKeyDatabase tables = ForeignKeyDatabase.Of(shape, action, deferred);
        foreach (string table in tables.Tables)
        {
            using TestDatabase database = Open(tables, enforced);
            IReadOnlyList<string> behaviour = tables.Behaviour(database);
            DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

            Copy(database, table);

            DatabaseSnapshot.Of(database.Connection).AssertSameAs(Altered(before, table));
            Integrity.Check(database.Connection);
            Assert.That(tables.Behaviour(database), Is.EqualTo(behaviour));
        }
    }

    [Test]
    public void Copy_in_a_callers_transaction_changes_no_row_or_is_refused_by_name(
        [ValueSource(nameof(Actions))] string action, [Values] bool deferred, [Values] ForeignKeyShape shape, [Values] bool enforced, [Values] bool commits)
    {
        ForeignKeyDatabase tables = ForeignKeyDatabase.Of(shape, action, deferred);
        foreach (string table in tables.Tables)
        {
            using TestDatabase database = Open(tables, enforced);
            IReadOnlyList<string> behaviour = tables.Behaviour(database);
            DatabaseSnapshot initial = DatabaseSnapshot.Of(database.Connection);
            string[] children = [.. database.Rows(
                    $"SELECT m.name FROM sqlite_schema AS m, pragma_foreign_key_list(m.name) AS k WHERE m.type = 'table' AND k.\"table\" = '{table}'")
                .Select(row => (string)row[0]!)];
            bool isRefused = enforced && children.Length > 0;

            using SqliteTransaction transaction = database.Connection.BeginTransaction();
            database.Execute("INSERT INTO caller VALUES ('before')");
            DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
            if (isRefused)
            {
                AlterationRefusedException refusal = Assert.Throws<AlterationRefusedException>(() => Copy(database, table))!; // Throws gives it
                Assert.That(refusal.Message, Does.Contain($"\"{children[0]}\"").And.Contain("foreign_keys"));
                Assert.That(refusal.ObjectName, Is.EqualTo(children[0]));
            }
            else
            {
                Copy(database, table);
            }

            DatabaseSnapshot expected = isRefused ? before : Altered(before, table);
            DatabaseSnapshot.Of(database.Connection).AssertSameAs(expected);
            Assert.That(raw.sqlite3_get_autocommit(database.Connection.Handle), Is.Zero, "the caller's transaction is open");

            if (commits)
            {
                transaction.Commit();
                DatabaseSnapshot.Of(database.Connection).AssertSameAs(expected);
            }
            else
            {
                transaction.Rollback();
                DatabaseSnapshot.Of(database.Connection).AssertSameAs(initial);
            }

            Integrity.Check(database.Connection);
            Assert.That(tables.Behaviour(database), Is.EqualTo(behaviour));
        }
    }

    private static TestDatabase Open(ForeignKeyDatabase tables, bool enforced) => TestDatabase.InMemory()
        .Execute(tables.Sql)
        .Execute("CREATE TABLE caller(what TEXT)")
        .Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA foreign_keys = {(enforced ? 1 : 0)}"));

    private static void Copy(TestDatabase database, string table)
    {
        AlterationResult result = TableAlterer.Alter(
            database.Connection, table, [new SetNullability("note", false)], new AlterationOptions { Mode = RebuildMode.AlwaysCopy });
        Assert.That(result.RowsCopied, Is.EqualTo(database.Scalar<long>($"SELECT count(*) FROM {table}")).And.GreaterThan(0));
    }

    private static DatabaseSnapshot Altered(DatabaseSnapshot before, string table) => before.WithSchema(row => row.Name == table
        ? row with { Sql = row.Sql!.Replace("note TEXT", "note TEXT NOT NULL", StringComparison.Ordinal) } // a table has text
        : row);
}
