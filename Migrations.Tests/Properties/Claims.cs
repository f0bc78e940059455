using System.Collections.Concurrent;
using Migrations.Core.Alteration.Planning;
using Migrations.Core.Changes;

namespace Migrations.Tests.Properties;

/// <summary>How often each strategy has carried out each kind of change. Safe for many threads.</summary>
internal sealed class Claims
{
    private static readonly Type[] Edits =
        [typeof(SetNullability), typeof(SetDefault), typeof(SetType), typeof(SetCollation), typeof(AddCheck), typeof(DropCheck), typeof(AddForeignKey), typeof(DropForeignKey)];

    private static readonly Type[] Natives =
        [typeof(AddColumn), typeof(DropColumn), typeof(RenameColumn), typeof(RenameTable), typeof(AddIndex), typeof(DropIndex)];

    private static readonly Type[] Copies =
        [typeof(AddPrimaryKey), typeof(DropPrimaryKey), typeof(AddUnique), typeof(DropUnique), typeof(SetStrict), typeof(SetWithoutRowId), typeof(PlaceColumn)];

    private readonly ConcurrentDictionary<(Strategies Strategies, Type Change), int> counts = [];

    /// <summary>The pairs that must come about in every run.</summary>
    public static IEnumerable<(Strategies Strategies, Type Change)> Expected(bool altersConstraints) =>
    [
        // Comments, which all random tables have, are put right by an edit after SQLite's own DROP COLUMN.
        .. Natives.Where(change => change != typeof(DropColumn)).Select(change => (Strategies.Native, change)),
        .. (altersConstraints ? [typeof(SetNullability), typeof(AddCheck), typeof(DropCheck)] : Array.Empty<Type>()).Select(change => (Strategies.Native, change)),
        .. Edits.Append(typeof(ConvertColumn)).Select(change => (Strategies.InPlace, change)),
        .. Natives.Concat(Edits).Append(typeof(ConvertColumn)).Select(change => (Strategies.InPlace | Strategies.Native, change)),
        .. Natives.Concat(Edits).Concat(Copies).Append(typeof(ConvertColumn)).Select(change => (Strategies.All, change)),
        .. Natives.Concat(Edits).Concat(Copies).Append(typeof(ConvertColumn)).Select(change => (Strategies.Copy, change)),
    ];

    public void Add(Strategies strategies, IEnumerable<TableChange> changes)
    {
        foreach (TableChange change in changes)
        {
            counts.AddOrUpdate((strategies, change.GetType()), 1, (_, count) => count + 1);
        }
    }

    public int Of(Strategies strategies, Type change) => counts.GetValueOrDefault((strategies, change));

    public override string ToString() => string.Join(
        '\n', counts.OrderBy(pair => pair.Key.Strategies).ThenByDescending(pair => pair.Value).Select(pair => $"{pair.Key.Strategies} {pair.Key.Change.Name}: {pair.Value}"));
}
