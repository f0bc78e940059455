using Microsoft.Data.Sqlite;
using Migrations.Runner.Files;
using NUnit.Framework;

namespace Migrations.Tests.Status;

public sealed class PlainConnectionStringTests
{
    [TestCase("Data Source=app.db", ExpectedResult = true)]
    [TestCase("datasource = my app.db ;", ExpectedResult = true)]
    [TestCase(";;Filename=/var/lib/a/app.db;Pooling=False;Foreign Keys=true;Mode=ReadWriteCreate", ExpectedResult = true)]
    [TestCase("Data Source=C:\\app.db;Recursive Triggers=False", ExpectedResult = true)]
    [TestCase("Data Source=a;Data Source=b", ExpectedResult = false)]
    [TestCase("Data Source='a;b'", ExpectedResult = false)]
    [TestCase("Data Source=\"a\"", ExpectedResult = false)]
    [TestCase("Data Source=a==b", ExpectedResult = false)]
    [TestCase("Data Source=:memory:", ExpectedResult = false)]
    [TestCase("Data Source=file:a.db", ExpectedResult = false)]
    [TestCase("Data Source=|DataDirectory|a.db", ExpectedResult = false)]
    [TestCase("Data Source=a.db;Password=x", ExpectedResult = false)]
    [TestCase("Data Source=a.db;Mode=Memory", ExpectedResult = false)]
    [TestCase("Data Source=a.db;Mode=ReadOnly", ExpectedResult = false)]
    [TestCase("Data Source=a.db;Vfs=unix-excl", ExpectedResult = false)]
    [TestCase("Data Source=a.db;Cache=Shared", ExpectedResult = false)]
    [TestCase("Data Source=", ExpectedResult = false)]
    [TestCase("", ExpectedResult = false)]
    public bool DataSource_isWhatMicrosoftDataSqliteReads_orNull(string connectionString)
    {
        string? source = PlainConnectionString.DataSource(connectionString);

        if (source is not null)
        {
            Assert.That(source, Is.EqualTo(new SqliteConnectionStringBuilder(connectionString).DataSource));
        }

        return source is not null;
    }

    [TestCase("Data Source=a.db;Pooling=perhaps")]
    [TestCase("Data Source=a.db;Foo=1")]
    [TestCase("Data Source")]
    [TestCase("=a.db")]
    public void DataSource_whatMicrosoftDataSqliteRefuses_isNull(string connectionString)
    {
        Assert.That(() => new SqliteConnectionStringBuilder(connectionString), Throws.InstanceOf<SystemException>());
        Assert.That(PlainConnectionString.DataSource(connectionString), Is.Null);
    }
}
