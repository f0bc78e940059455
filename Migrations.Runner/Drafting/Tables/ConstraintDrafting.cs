using System.Collections.Immutable;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Schema.Comparison;
using Migrations.Core.Syntax;
using Migrations.Runner.Drafting.Operations;

namespace Migrations.Runner.Drafting.Tables;

/// <summary>Drafts the changes of a table's constraints: what is another is dropped and added.</summary>
internal sealed class ConstraintDrafting
{
    private readonly TableSchema to;
    private readonly ImmutableArray<object> gone;
    private readonly ImmutableArray<object> added;

    public ConstraintDrafting(
        DatabaseSchema fromSchema, TableSchema from, DatabaseSchema toSchema, TableSchema to, Func<SqlIdentifier, bool> isDropped)
    {
        this.to = to;
        ImmutableArray<ConstraintMeaning> wanted = new TableConstraints(to, toSchema).Read();
        ImmutableArray<ConstraintMeaning> found = new TableConstraints(from, fromSchema).Read();

        // What stays but names a column that is made anew is made anew with it.
        ConstraintMeaning[] goneWithColumn = [.. found.Where(one => Columns(one.Constraint, from).Any(isDropped))];
        ConstraintMeaning[] newWithColumn = [.. wanted.Where(one => Columns(one.Constraint, to).Any(isDropped))];
        (ImmutableArray<ConstraintMeaning> unmatched, ImmutableArray<ConstraintMeaning> rest) =
            TableConstraints.Unmatched([.. wanted.Except(newWithColumn)], [.. found.Except(goneWithColumn)]);

        // Nothing is taken away for what can't be put in its place.
        ConstraintMeaning[] unsayable = [.. unmatched.Where(one => !CanBeAdded(one.Constraint))];
        gone = [.. rest.Where(one => !unsayable.Any(other => other.IsAbout(one))).Concat(goneWithColumn).Select(one => one.Constraint)];
        added = [.. unmatched.Concat(newWithColumn).Select(one => one.Constraint).Where(CanBeAdded)];
        ReplacesPrimaryKey = from.PrimaryKey is not null
            && to.PrimaryKey is { } key
            && CanBeAdded(key)
            && (from.HasAutoIncrement != to.HasAutoIncrement || gone.Concat(added).Any(one => one is PrimaryKeySchema));
        if (ReplacesPrimaryKey)
        {
            gone = [.. gone.Where(one => one is not PrimaryKeySchema), .. Optional(from.PrimaryKey)];
            added = [.. added.Where(one => one is not PrimaryKeySchema), .. Optional(to.PrimaryKey)];
        }
    }

    /// <summary>Whether the table has a primary key before and after, and another one after.</summary>
    public bool ReplacesPrimaryKey { get; }

    /// <summary>
    /// Everything but the primary key. Also what is written on a column that is dropped: whether it is written there, or on the table, is no
    /// part of what it means.
    /// </summary>
    public IEnumerable<DraftedChange> Drops() => gone.Select(Drop).OfType<TableChange>()
        .OrderBy(change => change is not DropForeignKey)
        .Select(change => new DraftedChange(change));

    public IEnumerable<DraftedChange> DropOfPrimaryKey() =>
        gone.OfType<PrimaryKeySchema>().Select(key => new DraftedChange(new DropPrimaryKey(key.Name)));

    public IEnumerable<DraftedChange> AdditionOfPrimaryKey() => added.OfType<PrimaryKeySchema>()
        .Select(key => new DraftedChange(new AddPrimaryKey(key.Name, Plain(key.Columns), key.AutoIncrement)));

    public IEnumerable<DraftedChange> Additions() => added.Select(Addition).OfType<TableChange>()
        .OrderBy(change => change is AddForeignKey)
        .Select(change => new DraftedChange(change));

    private static IEnumerable<object> Optional(PrimaryKeySchema? key) => key is null ? [] : [key];

    private static IEnumerable<SqlIdentifier> Columns(object constraint, TableSchema table) => constraint switch
    {
        PrimaryKeySchema key => key.Columns.Select(column => column.Name).OfType<SqlIdentifier>(),
        UniqueSchema unique => unique.Columns.Select(column => column.Name).OfType<SqlIdentifier>(),
        CheckSchema check => table.Columns.Select(column => column.Name).Where(name => NameReferences.Mentions(check.Expression, name)),
        ForeignKeySchema key => key.Columns,
        _ => [],
    };

    private static TableChange? Drop(object constraint) => constraint switch
    {
        UniqueSchema unique => new DropUnique(unique.Name, unique.Name is null ? [.. unique.Columns.Select(column => column.Name!.Value)] : []), // No expressions.
        CheckSchema check => new DropCheck(check.Name, check.Name is null ? check.Expression : null),
        ForeignKeySchema key => new DropForeignKey(key.Name, key.Name is null ? key.Columns : []),
        _ => null,
    };

    private TableChange? Addition(object constraint) => constraint switch
    {
        UniqueSchema unique => new AddUnique(unique.Name, Plain(unique.Columns)),
        CheckSchema check => new AddCheck(check.Name, TableConstraints.Unqualified(check.Expression, to)),
        ForeignKeySchema key => new AddForeignKey(
            key.Name, key.Columns, key.Parent, key.ParentColumns, key.OnDelete, key.OnUpdate, key.InitiallyDeferred),
        _ => null,
    };

    // Conflict clauses, and keys with a collation or direction of their own, can only be written in CREATE TABLE.
    private bool CanBeAdded(object constraint) => constraint switch
    {
        PrimaryKeySchema key => key.Conflict is null or ConflictResolution.Abort && (to.RowIdAlias is not null || ArePlain(key.Columns)),
        UniqueSchema unique => unique.Conflict is null or ConflictResolution.Abort && ArePlain(unique.Columns),
        _ => true,
    };

    private bool ArePlain(ImmutableArray<KeyColumn> columns) => columns.All(column =>
        !column.Descending
        && column.Name is { } name
        && (column.Collation is null || column.Collation == to.FindColumn(name)?.Collation));

    private static ImmutableArray<KeyColumn> Plain(ImmutableArray<KeyColumn> columns) =>
        [.. columns.Select(column => new KeyColumn(column.Name, Collation: null, Descending: false))];
}
