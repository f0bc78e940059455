using Migrations.Core.Changes;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Corpus;

/// <summary>Every column of real schemas, renamed: what SQLite's own RENAME COLUMN does, or a refusal where that leaves something broken.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class CorpusRenameTests
{
    [TestCaseSource(typeof(CorpusDatabase), nameof(CorpusDatabase.Names))]
    public void Alter_renames_every_column_as_SQLite_does(string name)
    {
        CorpusTally tally = new();
        CorpusDatabase.Of(name).ForEachColumn(CorpusChange.Rename, (trial, column) =>
        {
            string newName = column + " renamed";
            Outcome native = trial.NativeWithDoubleQuotedStrings($"ALTER TABLE main.{trial.Quoted} RENAME COLUMN {TestDatabase.Quote(column)} TO {TestDatabase.Quote(newName)}");
            Outcome ours = trial.Alter(new RenameColumn(column, newName));
            string what = $"{trial.Table}.{column}";
            if (ours.Succeeded)
            {
                tally.Done();
                tally.Require(what, native.Succeeded && native.NewCompileErrors.Count == 0, $"SQLite did not: {native.Error?.Message}");
                tally.RequireNone(what, ours.Content.DifferencesApartFrom(table: null, native.Content));
                tally.RequireNone(what, ours.NewCompileErrors.Values);
                return;
            }

            tally.Refused(ours);
            tally.RequireNone(what, ours.Content.DifferencesApartFrom(table: null, trial.Before));
            tally.Require(
                what,
                Claims.IsBrokenByNative(native, ours) || Claims.IsRefusedByNative(native, ours) || Claims.IsReadByFullText(trial, column, ours),
                $"{ours.Error?.Message} SQLite: {native.Error?.Message ?? "done"}");
        });
        tally.Assert();
    }
}
