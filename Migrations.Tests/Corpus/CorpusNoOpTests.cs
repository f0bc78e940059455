using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Corpus;

/// <summary>Every table of real schemas, copied without any change: nothing at all is different afterwards.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class CorpusNoOpTests
{
    [TestCaseSource(typeof(CorpusDatabase), nameof(CorpusDatabase.Names))]
    public void Alter_without_changes_copies_every_table_and_leaves_everything_as_it_was(string name)
    {
        CorpusDatabase corpus = CorpusDatabase.Of(name);
        using TestDatabase database = corpus.Copy().Execute("PRAGMA foreign_keys = ON");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        List<string> problems = [];
        foreach (string table in corpus.Tables)
        {
            try
            {
                TableMeaning meaning = TableMeaning.Of(database.Connection, table);
                AlterationResult result = TableAlterer.Alter(
                    database.Connection, table, [], new AlterationOptions { Mode = RebuildMode.AlwaysCopy });
                problems.AddRange(TableMeaning.Differences(meaning.Lines, TableMeaning.Of(database.Connection, table).Lines).Select(line => $"{table}: {line}"));
                if (result.RowsCopied != database.Scalar<long>($"SELECT count(*) FROM {TestDatabase.Quote(table)}"))
                {
                    problems.Add($"{table}: {result.RowsCopied} rows were copied");
                }
            }
            catch (MigrationsException e)
            {
                problems.Add($"{table}: {e.Message}");
            }
        }

        problems.AddRange(DatabaseSnapshot.Of(database.Connection).DifferencesFrom(before));
        problems.AddRange(Integrity.Problems(database.Connection).Except(corpus.Problems, StringComparer.Ordinal));
        Assert.That(problems, Is.Empty, () => string.Join('\n', problems));
    }
}
