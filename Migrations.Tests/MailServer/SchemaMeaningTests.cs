using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.MailServer;

/// <summary>The comparison itself: it sees every difference that the history's test is there to find.</summary>
internal sealed class SchemaMeaningTests
{
    private const string Base =
        "CREATE TABLE parent (name VARCHAR(80) NOT NULL, CONSTRAINT parent_pkey PRIMARY KEY (name)); "
        + "CREATE TABLE child (id INTEGER NOT NULL, name VARCHAR(80) DEFAULT 'x', flag BOOLEAN DEFAULT 0, "
        + "CONSTRAINT child_pkey PRIMARY KEY (id), CONSTRAINT child_u UNIQUE (name, flag), "
        + "CONSTRAINT child_c CHECK (flag IN (0, 1)), CONSTRAINT child_fkey FOREIGN KEY (name) REFERENCES parent (name))";

    [TestCase("DEFAULT 0", "DEFAULT (0)")]
    [TestCase("DEFAULT 0", "DEFAULT ( (0) )")]
    [TestCase("CREATE TABLE child", "create table \"child\"")]
    [TestCase("CONSTRAINT child_fkey FOREIGN KEY (name)", "/* remark */ CONSTRAINT [child_fkey]\nFOREIGN KEY(\"name\")")]
    [TestCase(
        "CONSTRAINT child_u UNIQUE (name, flag), CONSTRAINT child_c CHECK (flag IN (0, 1))",
        "CONSTRAINT child_c CHECK (flag IN (0, 1)), CONSTRAINT child_u UNIQUE (name, flag)")]
    [TestCase("name VARCHAR(80) NOT NULL, CONSTRAINT parent_pkey PRIMARY KEY (name)", "name VARCHAR(80) NOT NULL CONSTRAINT parent_pkey PRIMARY KEY")]
    public void Of_text_written_differently_is_equal(string from, string to) =>
        Assert.That(Meaning(Replace(from, to)), Is.EqualTo(Meaning(Base)));

    [TestCase("VARCHAR(80) DEFAULT", "VARCHAR(81) DEFAULT", Description = "declared type")]
    [TestCase("DEFAULT 'x'", "DEFAULT 'y'", Description = "default")]
    [TestCase("DEFAULT 0", "DEFAULT '0'", Description = "storage class of a default")]
    [TestCase("DEFAULT 'x'", "NOT NULL DEFAULT 'x'", Description = "nullability")]
    [TestCase("DEFAULT 'x'", "COLLATE NOCASE DEFAULT 'x'", Description = "collation")]
    [TestCase("name VARCHAR(80) DEFAULT 'x', flag BOOLEAN DEFAULT 0", "flag BOOLEAN DEFAULT 0, name VARCHAR(80) DEFAULT 'x'", Description = "order of columns")]
    [TestCase("CONSTRAINT child_pkey PRIMARY KEY (id)", "CONSTRAINT child_pkey PRIMARY KEY (id, flag)", Description = "primary key")]
    [TestCase("CONSTRAINT child_pkey PRIMARY", "PRIMARY", Description = "name of the primary key")]
    [TestCase("CONSTRAINT child_pkey PRIMARY", "CONSTRAINT other PRIMARY", Description = "other name of the primary key")]
    [TestCase("UNIQUE (name, flag)", "UNIQUE (flag, name)", Description = "order of the columns of a unique constraint")]
    [TestCase("CONSTRAINT child_u UNIQUE", "CONSTRAINT child_v UNIQUE", Description = "name of a unique constraint")]
    [TestCase("CHECK (flag IN (0, 1))", "CHECK (flag IN (0, 2))", Description = "check")]
    [TestCase("CONSTRAINT child_c CHECK", "CHECK", Description = "name of a check")]
    [TestCase("REFERENCES parent (name)", "REFERENCES parent (name) ON DELETE CASCADE", Description = "action")]
    [TestCase("CONSTRAINT child_fkey FOREIGN", "CONSTRAINT \"other fkey\" FOREIGN", Description = "name of a foreign key")]
    [TestCase(", CONSTRAINT child_fkey FOREIGN KEY (name) REFERENCES parent (name)", "", Description = "foreign key")]
    public void Of_another_schema_is_different(string from, string to) =>
        Assert.That(Meaning(Replace(from, to)), Is.Not.EqualTo(Meaning(Base)));

    private static string Replace(string from, string to)
    {
        string changed = Base.Replace(from, to, StringComparison.Ordinal);
        Assert.That(changed, Is.Not.EqualTo(Base));
        return changed;
    }

    private static IReadOnlyList<string> Meaning(string sql)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(sql);
        return SchemaMeaning.Of(database.Connection);
    }
}
