using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Cli.New;

[Parallelizable(ParallelScope.All)]
internal sealed class SchemaChainTests
{
    private const string User = "CREATE TABLE \"user\" (id INTEGER PRIMARY KEY, email TEXT NOT NULL);";

    [Test]
    public void Drafts_lead_through_a_history_and_back()
    {
        using ToolFolder folder = new();

        int count = SchemaChain.Hold(
            folder,
            [
                User,
                "-- The same in other words.\ncreate table \"user\" (\"id\" integer primary key, email TEXT NOT NULL)",
                """
                CREATE TABLE domain (name TEXT NOT NULL CONSTRAINT domain_pk PRIMARY KEY, max_users INTEGER NOT NULL DEFAULT -1);
                CREATE TABLE "user" (
                    id INTEGER PRIMARY KEY,
                    email TEXT NOT NULL CONSTRAINT user_email UNIQUE,
                    domain TEXT CONSTRAINT user_domain REFERENCES domain (name) ON DELETE CASCADE,
                    quota INTEGER NOT NULL DEFAULT 0 CHECK (quota >= 0)
                );
                CREATE INDEX by_domain ON "user" (domain);
                CREATE TRIGGER user_insert AFTER INSERT ON "user" BEGIN
                    UPDATE domain SET max_users = max_users - 1; -- not really
                END;
                CREATE VIEW emails AS SELECT email FROM "user";
                """,
                """
                CREATE TABLE "user" (id INTEGER PRIMARY KEY, address VARCHAR(80) NOT NULL, quota INTEGER, note TEXT COLLATE NOCASE);
                CREATE UNIQUE INDEX by_address ON "user" (address);
                CREATE VIRTUAL TABLE search USING fts5 (note);
                """,
            ]);

        Assert.That(count, Is.EqualTo(3));
    }

    [Test]
    public void Drafts_lead_through_the_mail_servers_history_and_back()
    {
        IReadOnlyList<FileInfo> schemas = SharedFiles.Files("mailu", "schema_*.sql");
        if (schemas.Count == 0)
        {
            Assert.Ignore("../shared/mailu was not found: skipped");
        }

        using ToolFolder folder = new();

        SchemaChain.Hold(folder, [.. schemas.Select(schema => File.ReadAllText(schema.FullName))]);
    }
}
