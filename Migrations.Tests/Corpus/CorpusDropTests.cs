using Migrations.Core;
using Migrations.Core.Changes;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Corpus;

/// <summary>
/// Every column of real schemas, dropped: all else is as it was, or a refusal whose reason holds. SQLite's own DROP COLUMN refuses
/// more; where it does the change and leaves nothing broken, the engine must do it too.
/// </summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class CorpusDropTests
{
    [TestCaseSource(typeof(CorpusDatabase), nameof(CorpusDatabase.Names))]
    public void Alter_drops_every_column_or_names_what_uses_it(string name)
    {
        CorpusTally tally = new();
        CorpusDatabase.Of(name).ForEachColumn(CorpusChange.Drop, (trial, column) =>
        {
            Outcome native = trial.Native($"ALTER TABLE main.{trial.Quoted} DROP COLUMN {TestDatabase.Quote(column)}");
            Outcome ours = trial.Alter(new DropColumn(column));
            string what = $"{trial.Table}.{column}";
            if (ours.Succeeded)
            {
                tally.Done();
                AssertDropped(tally, trial, column, ours);
                if (native.Succeeded)
                {
                    tally.RequireNone(what, TableMeaning.Differences(native.Meaning!.Lines, ours.Meaning!.Lines));
                    tally.Require(what, native.Content.Tables[trial.Table] == ours.Content.Tables[trial.Table], "the rows are not those that SQLite leaves");
                }

                return;
            }

            tally.Refused(ours);
            tally.RequireNone(what, ours.Content.DifferencesApartFrom(table: null, trial.Before));
            tally.Require(
                what,
                (Claims.IsBrokenWithout(trial, column, ours)
                    || Claims.IsReferredTo(trial, column, ours)
                    || Claims.IsNamedByUpdateOf(trial, column, ours)
                    || Claims.IsReadByFullText(trial, column, ours)
                    || (!native.Succeeded && Claims.IsUsedInTable(trial, column, ours))) && ours.Refusal is AlterationRefusedException,
                $"{ours.Error?.Message} SQLite: {native.Error?.Message ?? "done"}");
        });
        tally.Assert();
    }

    private static void AssertDropped(CorpusTally tally, Trial trial, string column, Outcome ours)
    {
        string what = $"{trial.Table}.{column}";
        bool OfOthers(MeaningLine line) => !line.Columns.All(part => NameComparer.Instance.Equals(part, column));
        IEnumerable<string> expected = [trial.Meaning.Options, .. trial.Meaning.Columns.Concat(trial.Meaning.ForeignKeys).Concat(trial.Meaning.Indexes).Where(OfOthers).Select(line => line.Text)];
        tally.RequireNone(what, TableMeaning.Differences(expected, ours.Meaning!.Lines));
        bool losesIndex = trial.Meaning.Indexes.Any(line => !OfOthers(line));
        tally.RequireNone(what, ours.Content.DifferencesApartFrom(trial.Table, trial.Before).Where(line => !(losesIndex && line.Contains("sqlite_stat", StringComparison.Ordinal))));
        tally.Require(what, ours.Content.Tables[trial.Table] == DatabaseContent.HashWithout(trial.Connection, trial.Table, column), "the rows are not as they were");
        tally.RequireNone(what, ours.NewCompileErrors.Values);
        tally.Require(what, ours.Damage is null, $"integrity_check: {ours.Damage}");
        tally.Require(what, ours.NewViolations is null, $"foreign_key_check: {ours.NewViolations}");
        tally.Require(what, TextOutside.IsUnchanged(trial.Before.TextOf(trial.Table)!, ours.Content.TextOf(trial.Table)!, column), $"more than the column is different: {ours.Content.TextOf(trial.Table)}");
    }
}
