using Migrations.Core.Schema;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Schema;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class DeclaredTypeTests
{
    private static readonly string[] Types =
    [
        "", "INTEGER", "integer", "INT", "BIGINT", "POINT", "CHARINT", "CHARACTER(20)", "VARCHAR(255)", "NCHAR(55)", "CLOB", "TEXT",
        "BLOB", "TEXTBLOB", "BLOBTEXT", "REALBLOB", "BLOBREAL", "REAL", "DOUBLE PRECISION", "FLOAT", "FLOATING POINT", "NUMERIC",
        "DECIMAL(10,5)", "BOOLEAN", "DATETIME", "STRING", "ANY", "JSON", "GUID", "\"INTEGER\"", "[my text]", "'char' real", "\"real\"\"int\" x",
        "`blob`", "I NT", "TE/**/XT", "INT/**/EGER", "\u0130NT", "REAL INT", "x y z (1, -2)",
    ];

    [TestCaseSource(nameof(Types))]
    public void GetAffinity_is_what_SQLite_does_with_values(string type)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute($"CREATE TABLE t(a {type}); INSERT INTO t VALUES ('1'), (1), (1.5), (1.0)");

        Assert.That(Behaviour(DeclaredType.GetAffinity(type, isStrict: false)), Is.EqualTo(Behaviour(database)));
    }

    [TestCase("ANY")]
    [TestCase("any")]
    [TestCase("\"ANY\"")]
    public void GetAffinity_of_ANY_converts_nothing_in_a_STRICT_table(string type)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute($"CREATE TABLE t(a {type}) STRICT; INSERT INTO t VALUES ('1'), (1), (1.5), (1.0)");

        Assert.That(Behaviour(DeclaredType.GetAffinity(type, isStrict: true)), Is.EqualTo(Behaviour(database)));
    }

    [TestCaseSource(nameof(Types))]
    public void Normalize_is_what_SQLite_reports(string type)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute($"CREATE TABLE t(a {type})");

        Assert.That(DeclaredType.Normalize(type), Is.EqualTo(database.Scalar<string>("SELECT type FROM pragma_table_xinfo('t')")).IgnoreCase);
    }

    [TestCaseSource(nameof(Types))]
    public void IsInteger_is_true_where_SQLite_makes_an_alias_of_the_rowid(string type)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute($"CREATE TABLE t(a {type} PRIMARY KEY); INSERT INTO t(rowid) VALUES (7)");

        Assert.That(DeclaredType.IsInteger(type), Is.EqualTo(database.Scalar<long?>("SELECT a FROM t") == 7));
    }

    // What becomes of '1', 1, 1.5 and 1.0 tells the affinities apart, but INTEGER and NUMERIC, which store alike.
    private static string Behaviour(TestDatabase database) =>
        string.Join(' ', database.Rows("SELECT typeof(a) FROM t").Select(row => row[0]));

    private static string Behaviour(Affinity affinity) => affinity switch
    {
        Affinity.Blob => "text integer real real",
        Affinity.Text => "text text text text",
        Affinity.Real => "real real real real",
        _ => "integer integer real integer",
    };
}
