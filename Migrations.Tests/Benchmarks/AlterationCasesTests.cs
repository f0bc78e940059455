using Microsoft.Data.Sqlite;
using Migrations.Benchmarks.Alterations;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Benchmarks;

/// <summary>What is compared must be the same: after a change by this library and by its yardstick there is no difference.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class AlterationCasesTests
{
    private static IEnumerable<TestCaseData<string>> Names => AlterationCases.All.Select(row => new TestCaseData<string>(row.Name));

    [TestCaseSource(nameof(Names))]
    public void Library_and_yardstick_leave_the_same(string name)
    {
        AlterationCase change = AlterationCases.All.Single(row => row.Name == name);
        using TestDatabase ours = Filled(change);
        using TestDatabase theirs = Filled(change);
        string before = Rows(ours.Connection, "account") + Shape(ours.Connection);

        change.Run(ours.Connection);
        change.Yardstick.Run(theirs.Connection);

        Assert.That(Rows(ours.Connection, "account"), Is.EqualTo(Rows(theirs.Connection, "account")));
        Assert.That(WithoutDefault(Shape(ours.Connection), change), Is.EqualTo(WithoutDefault(Shape(theirs.Connection), change)));
        Assert.That(Rows(ours.Connection, "account") + Shape(ours.Connection), Is.Not.EqualTo(before));
        Integrity.Check(ours.Connection);
    }

    private static TestDatabase Filled(AlterationCase change)
    {
        TestDatabase database = TestDatabase.File(JournalMode.Delete);
        AccountTable.Fill(database.Connection.DataSource, 200);
        change.Prepare(database.Connection);
        return database;
    }

    /// <summary>One raw UPDATE is what its row is compared with; it does not change the default.</summary>
    private static string WithoutDefault(string shape, AlterationCase change) => change.Yardstick.Name == "one raw UPDATE"
        ? shape.Replace("|'80'|", "|'12'|", StringComparison.Ordinal)
        : shape;

    private static string Shape(SqliteConnection connection) => string.Join(
        '\n',
        Rows(connection, "pragma_table_xinfo('account')"),
        Rows(connection, "pragma_foreign_key_list('account')"),
        Rows(connection, "(SELECT l.name, l.\"unique\", l.origin, x.seqno, x.name, x.coll FROM pragma_index_list('account') AS l, pragma_index_xinfo(l.name) AS x ORDER BY l.name, x.seqno)"),
        Rows(connection, "(SELECT instr(sql, 'CHECK (spam_threshold BETWEEN 0 AND 15)') > 0 FROM sqlite_schema WHERE name = 'account')"));

    private static string Rows(SqliteConnection connection, string source)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {source}";
        using SqliteDataReader reader = command.ExecuteReader();
        List<string> rows = [string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetName))];
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetValue(column) switch
            {
                DBNull => "NULL",
                string text => $"'{text}'",
                object value => $"{value.GetType().Name} {value}",
            })));
        }

        return string.Join('\n', rows);
    }
}
