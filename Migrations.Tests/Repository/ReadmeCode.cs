using FluentMigrator;
using MailServer.Revisions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Migrations.Core;
using Migrations.Core.Authoring;
using Migrations.Runner;
using Migrations.Testing;
using NUnit.Framework;

namespace Migrations.Tests.Repository;

/// <summary>The README's code, which a test compares with the README, and others run.</summary>
internal static class ReadmeCode
{
    public static async Task<UpgradeResult> ProgramAsync()
    {
        await using DatabaseMigrator migrator = DatabaseMigrator.Create("Data Source=mail.db", typeof(CreateUser).Assembly);
        UpgradeResult result = await migrator.UpgradeAsync();

        return result;
    }

    public static void Host(IHostApplicationBuilder builder)
    {
        builder.Services.AddDatabaseMigrator(options =>
        {
            options.ConnectionString = "Data Source=mail.db";
            options.Assemblies.Add(typeof(CreateUser).Assembly);
        }).UpgradeOnStartup();
    }

    public static AlterationResult WithoutFluentMigrator(string file)
    {
        using SqliteConnection connection = new($"Data Source={file}");
        connection.Open();
        AlterationResult result = connection.AlterTable("user", table => table
            .AlterColumn("email", column => column.Type("TEXT").NotNull().Collate("NOCASE"))
            .AddColumn("display_name", "TEXT", column => column.NotNull().Default("").After("email"))
            .AddForeignKey("domain_id", "domain", "id", key => key.OnDelete(ReferentialAction.Cascade))
            .AddCheck("quota >= 0", name: "ck_user_quota"));
        return result;
    }

    public static void TestOfAStep()
    {
        using MigratedDatabase database = MigratedDatabase.Before<R23_UnlimitedIsMinusOne>();
        database.Fill(new GeneratedRows().With("domain", "max_users", row => row % 3));
        database.Apply<R23_UnlimitedIsMinusOne>();
        Assert.That(database.Query<long>("SELECT max_users FROM domain"), Has.None.Zero);
    }

    [Migration(1)]
    public sealed class CreateUser : AutoReversingMigration
    {
        public override void Up()
        {
            Create.Table("domain")
                .WithColumn("id").AsInt32().PrimaryKey().Identity().WithColumn("name").AsString(80).NotNullable().Unique();
            Create.Table("user")
                .WithColumn("id").AsInt32().PrimaryKey().Identity().WithColumn("domain_id").AsInt32().NotNullable()
                .WithColumn("email").AsString(255).Nullable()
                .WithColumn("quota").AsInt32().Nullable().WithColumn("spam_threshold").AsInt32().Nullable();
        }
    }

    [Migration(2)]
    public sealed class TightenUser : Migration
    {
        public override void Up()
        {
            Update.Table("user").Set(new { quota = 1000 }).Where(new { quota = (int?)null });
            Alter.Column("quota").OnTable("user").AsInt64().NotNullable().WithDefaultValue(1000);
            Create.ForeignKey("fk_user_domain").FromTable("user").ForeignColumn("domain_id").ToTable("domain").PrimaryColumn("id");
        }

        public override void Down()
        {
            Delete.ForeignKey("fk_user_domain").OnTable("user");
            Delete.DefaultConstraint().OnTable("user").OnColumn("quota");
            Alter.Column("quota").OnTable("user").AsInt32().Nullable();
        }
    }

    [Migration(3)]
    public sealed class Verbs : Migration
    {
        public override void Up()
        {
            // Stops the migration, with the rows, before anything is changed.
            Execute.RefuseRows("user", "SELECT id, email FROM user WHERE quota < 0", "a quota must not be negative");
            // Several changes in one pass over the table.
            Alter.TableBatch("user", batch => batch
                .AlterColumn("email", column => column.AsString(320).NotNullable().WithCollation("NOCASE"))
                .AddColumn("state", column => column.AsString(10).NotNullable().WithDefaultValue("open"))
                .AddUnique(["email"], "uq_user_email"));
            // A default and a check (Delete.CheckConstraint takes it away), without restating the column.
            Alter.DefaultConstraint().OnTable("user").OnColumn("spam_threshold").To(80);
            Create.CheckConstraint("ck_user_quota").OnTable("user").WithExpression("quota >= 0");
            // Conversions of values inside the pass, which fire no triggers and name the rows they can't convert.
            Update.Column("spam_threshold").OnTable("user").Rescale(fromMax: 15, toMax: 100, Rounding.Nearest, nulls: 80);
            Update.Column("email").OnTable("user").Using<string, string>(email => email.ToLowerInvariant());
            Update.Column("quota").OnTable("user").Using("quota * 1024");
            Update.Column("state").OnTable("user").Map(("open", "active"), ("closed", "archived"));
        }

        public override void Down() => Delete.CheckConstraint("ck_user_quota").FromTable("user");
    }
}
