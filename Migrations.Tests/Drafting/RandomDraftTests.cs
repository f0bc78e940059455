using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Runner.Drafting;
using Migrations.Tests.Properties;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Drafting;

/// <summary>Schemas by chance: what is drafted between any two leads there and back.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class RandomDraftTests
{
    [Test]
    public void Draft_between_two_schemas_leads_there_and_back()
    {
        int held = 0;
        PropertyRun.ForEachDatabase(40, 2, database =>
        {
            using RandomDatabase other = new(database.Seed + 1_000_000);
            using TestDatabase current = EmptyCopy.Of(database.Database);
            using TestDatabase wanted = EmptyCopy.Of(other.Database);
            Interlocked.Add(ref held, HoldIfPossible(current, wanted) ? 1 : 0);
        });
        Assert.That(held, PropertyRun.IsOfOneSeed ? Is.GreaterThanOrEqualTo(0) : Is.AtLeast(10));
    }

    [Test]
    public void Draft_of_changes_by_chance_leads_there_and_back()
    {
        int held = 0;
        PropertyRun.ForEachDatabase(60, 2, database =>
        {
            using TestDatabase current = EmptyCopy.Of(database.Database);
            using TestDatabase wanted = EmptyCopy.Of(database.Database);
            for (int i = 0; i < 6; i++)
            {
                try
                {
                    string table = database.PickTable();
                    TableAlterer.Alter(wanted.Connection, table, RandomChanges.Of(database, table), new AlterationOptions());
                }
                catch (MigrationsException)
                {
                    // What is refused is no difference.
                }
            }

            Interlocked.Add(ref held, HoldIfPossible(current, wanted) ? 1 : 0);
        });
        Assert.That(held, PropertyRun.IsOfOneSeed ? Is.GreaterThanOrEqualTo(0) : Is.AtLeast(30));
    }

    // A migration that leaves a foreign key without a key to refer to is refused, whoever wrote it; and where something can't be drafted,
    // what needs it can't be either.
    private static bool HoldIfPossible(TestDatabase current, TestDatabase wanted)
    {
        if (!IsWhole(current) || !IsWhole(wanted))
        {
            return false;
        }

        MigrationDraft draft = DraftProof.Draft(current.Connection, wanted.Connection);
        if (!draft.LeftByUp.IsEmpty || !draft.LeftByDown.IsEmpty)
        {
            DraftedAssembly.Compile(draft.Code);
            return false;
        }

        DraftProof.Hold(current.Connection, wanted.Connection);
        return true;
    }

    private static bool IsWhole(TestDatabase database)
    {
        database.Execute("PRAGMA foreign_keys = ON");
        try
        {
            foreach (object?[] row in database.Rows("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT GLOB 'sqlite_*'"))
            {
                database.Rows($"EXPLAIN DELETE FROM {TestDatabase.Quote((string)row[0]!)}"); // A table has a name.
                database.Rows($"EXPLAIN INSERT INTO {TestDatabase.Quote((string)row[0]!)} DEFAULT VALUES"); // As above.
            }
        }
        catch (SqliteException exception) when (exception.Message.Contains("foreign key mismatch", StringComparison.Ordinal))
        {
            return false;
        }

        return Integrity.Problems(database.Connection).Count == 0;
    }
}
