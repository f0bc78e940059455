using System.Reflection;
using FluentMigrator;
using Migrations.Core.Authoring;
using Migrations.Testing;
using Migrations.Tests.Status;

namespace Migrations.Tests.Steps;

/// <summary>A history of four migrations for tests of single steps, which no other test's search finds.</summary>
internal static class MailSteps
{
    public static Assembly Assembly { get; } = new StatedTypes(typeof(Users), typeof(Fetches), typeof(SpamInPercent), typeof(Notes));

    public static MigratedDatabaseOptions In(DatabaseStorage storage) => new() { Assemblies = [Assembly], Storage = storage };

    [Migration(10)]
    public sealed class Users : Migration
    {
        public override void Up() => Execute.Sql(
            """
            CREATE TABLE "user" (
                id INTEGER PRIMARY KEY,
                email TEXT NOT NULL UNIQUE,
                spam_threshold INTEGER DEFAULT 10,
                created TEXT,
                quota NUMERIC CHECK (quota >= 0)
            )
            """);

        public override void Down() => Delete.Table("user");
    }

    [Migration(20)]
    public sealed class Fetches : Migration
    {
        public override void Up() => Execute.Sql(
            """
            CREATE TABLE fetch (
                user_id INTEGER NOT NULL REFERENCES "user"(id) ON DELETE CASCADE,
                host TEXT NOT NULL,
                PRIMARY KEY (user_id, host)
            ) WITHOUT ROWID
            """);

        public override void Down() => Delete.Table("fetch");
    }

    [Migration(30, "spam threshold in percent")]
    public sealed class SpamInPercent : Migration
    {
        public override void Up()
        {
            Alter.DefaultConstraint().OnTable("user").OnColumn("spam_threshold").To(80);
            Update.Column("spam_threshold").OnTable("user").Rescale(fromMax: 15, toMax: 100);
        }

        public override void Down()
        {
            Alter.DefaultConstraint().OnTable("user").OnColumn("spam_threshold").To(10);
            Update.Column("spam_threshold").OnTable("user").Rescale(fromMax: 100, toMax: 15);
        }
    }

    [Migration(40)]
    public sealed class Notes : Migration
    {
        public override void Up() => Alter.Table("user").AddColumn("note").AsString().Nullable();

        public override void Down() => Delete.Column("note").FromTable("user");
    }

    /// <summary>A migration that is not in the assembly.</summary>
    [Migration(50)]
    public sealed class Elsewhere : Migration
    {
        public override void Up() => throw new NotSupportedException();

        public override void Down() => throw new NotSupportedException();
    }
}
