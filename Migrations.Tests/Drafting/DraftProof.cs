using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Schema;
using Migrations.Core.Schema.Comparison;
using Migrations.Core.Syntax;
using Migrations.Runner;
using Migrations.Runner.Drafting;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Drafting;

/// <summary>Drafts what leads from one database to another, compiles it, and runs it there and back on a copy of the first.</summary>
internal static class DraftProof
{
    private const long Version = 20_260_101_120_000;

    public static MigrationDraft Draft(SqliteConnection current, SqliteConnection wanted) => MigrationDrafter.Draft(
        SchemaReader.Read(current, "main"),
        SchemaReader.Read(wanted, "main"),
        new DraftOptions
        {
            Namespace = "App.Migrations",
            ClassName = "Drafted",
            Version = Version,
            Description = "Drafted",
            IsIgnored = IsIgnored,
        });

    public static bool IsIgnored(SqlIdentifier table) => table == "VersionInfo" || table == "__VersionHistory" || table == "sqlite_sequence";

    /// <summary>Fails unless the draft leads to the wanted schema, but for what it says that it leaves, and back to the first.</summary>
    public static MigrationDraft Hold(SqliteConnection current, SqliteConnection wanted, Action<SqliteConnection>? opened = null, Action<SqliteConnection>? afterUp = null)
    {
        MigrationDraft draft = Draft(current, wanted);
        Assembly assembly = DraftedAssembly.Compile(draft.Code);
        using DatabaseFolder folder = new();
        using (SqliteConnection file = folder.Open())
        {
            opened?.Invoke(file);
            current.BackupDatabase(file);
        }

        using SqliteConnection before = new("Data Source=:memory:;Pooling=False");
        before.Open();
        current.BackupDatabase(before);
        Run(folder, assembly, Version, draft, opened);
        Compare(folder, wanted, draft.LeftByUp, "Up", draft);
        if (afterUp is not null)
        {
            using SqliteConnection reached = folder.Open();
            afterUp(reached);
        }

        Run(folder, assembly, 0, draft, opened);
        Compare(folder, before, draft.LeftByDown, "Down", draft);

        return draft;
    }

    private static void Run(DatabaseFolder folder, Assembly assembly, long version, MigrationDraft draft, Action<SqliteConnection>? opened)
    {
        try
        {
            using DatabaseMigrator migrator = folder.Migrator(assembly, options =>
            {
                options.ConnectionOpened = opened;
                options.UnversionedDatabase = HistoryPolicy.Allow;
            });
            migrator.MigrateToAsync(version).GetAwaiter().GetResult();
        }
        catch (MigrationsException exception)
        {
            throw new InvalidOperationException(
                $"{(version == 0 ? "Down" : "Up")} failed: {exception.Message}\n{exception.InnerException?.Message}\n{draft.Code}", exception);
        }
    }

    private static void Compare(
        DatabaseFolder folder, SqliteConnection wanted, ImmutableArray<SchemaDifference> left, string way, MigrationDraft draft)
    {
        using SqliteConnection reached = folder.Open();
        string[] differences = [.. SchemaComparison.Compare(wanted, reached, IsIgnored).Select(difference => difference.ToString())];
        Assert.That(
            differences.Except(left.Select(difference => difference.ToString()), StringComparer.Ordinal), Is.Empty, () => $"after {way}:\n{draft.Code}");
    }
}
