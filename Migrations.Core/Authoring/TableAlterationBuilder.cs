using Migrations.Core.Changes;
using Migrations.Core.Syntax;

namespace Migrations.Core;

/// <summary>
/// Collects the changes of one table. They are meant in their order, each on what the ones before it left, and are carried
/// out together when the builder's caller returns. Not safe for use by several threads.
/// </summary>
public sealed partial class TableAlterationBuilder
{
    private readonly List<TableChange> changes = [];
    private SqlIdentifier table;
    private SqlIdentifier? unplaced;

    internal TableAlterationBuilder(SqlIdentifier table) => this.table = table;

    internal IReadOnlyList<TableChange> Changes => unplaced is null
        ? changes
        : throw new ArgumentException($"Where column {unplaced} moves to is missing: say First, Last, After or Before.");

    /// <summary>Adds a column. See gencol.html and lang_altertable.html, section 5, for what SQLite itself would not add.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="type">The type as it stands in CREATE TABLE, null for none.</param>
    /// <param name="define">Says its constraints, its place and what existing rows hold.</param>
    public TableAlterationBuilder AddColumn(string name, string? type, Action<NewColumnBuilder>? define = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        NewColumnBuilder column = new(name, type);
        define?.Invoke(column);
        return Add(column.Build());
    }

    /// <summary>Drops a column with the constraints written on it. Refused while anything else uses it.</summary>
    /// <param name="name">The column.</param>
    public TableAlterationBuilder DropColumn(string name) => Add(new DropColumn(Identifier(name)));

    /// <summary>Renames a column everywhere: in indexes, triggers, views and other tables' foreign keys, too.</summary>
    /// <param name="name">The column.</param>
    /// <param name="newName">Its new name.</param>
    public TableAlterationBuilder RenameColumn(string name, string newName) =>
        Add(new RenameColumn(Identifier(name), Identifier(newName)));

    /// <summary>Changes a column's type, nullability, default or collation, each on its own.</summary>
    /// <param name="name">The column.</param>
    /// <param name="alter">Says the changes; what is not said stays.</param>
    public TableAlterationBuilder AlterColumn(string name, Action<AlteredColumnBuilder> alter)
    {
        ArgumentNullException.ThrowIfNull(alter);
        alter(new AlteredColumnBuilder(Identifier(name), change => Add(change)));
        return this;
    }

    /// <summary>Moves a column within the table.</summary>
    /// <param name="name">The column.</param>
    /// <returns>What says where to.</returns>
    public ColumnMoveBuilder<TableAlterationBuilder> MoveColumn(string name)
    {
        SqlIdentifier column = Identifier(name);
        unplaced = column;
        return new(place =>
        {
            unplaced = null;
            return Add(new PlaceColumn(column, place));
        });
    }

    /// <summary>Makes a table STRICT (stricttables.html). Values that do not fit their column's type are refused.</summary>
    public TableAlterationBuilder Strict() => Add(new SetStrict(IsStrict: true));

    /// <summary>Takes STRICT away.</summary>
    public TableAlterationBuilder NotStrict() => Add(new SetStrict(IsStrict: false));

    /// <summary>Stores rows by their primary key (withoutrowid.html). The rowids that are not a column's values are lost.</summary>
    public TableAlterationBuilder WithoutRowId() => Add(new SetWithoutRowId(IsWithoutRowId: true));

    /// <summary>Gives a WITHOUT ROWID table rowids.</summary>
    public TableAlterationBuilder WithRowId() => Add(new SetWithoutRowId(IsWithoutRowId: false));

    /// <summary>Creates an index of the table.</summary>
    /// <param name="name">The index's name.</param>
    /// <param name="define">Says its columns.</param>
    public TableAlterationBuilder CreateIndex(string name, Action<NewIndexBuilder> define)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(define);
        NewIndexBuilder index = new();
        define(index);
        return Add(new AddIndex(index.Build(name, table)));
    }

    /// <summary>Drops an index of the table.</summary>
    /// <param name="name">The index.</param>
    public TableAlterationBuilder DropIndex(string name) => Add(new DropIndex(Identifier(name)));

    /// <summary>Renames the table everywhere: in triggers, views and other tables' foreign keys, too.</summary>
    /// <param name="newName">Its new name.</param>
    public TableAlterationBuilder RenameTo(string newName)
    {
        table = Identifier(newName);
        return Add(new RenameTable(table));
    }

    private static SqlIdentifier Identifier(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name;
    }

    private TableAlterationBuilder Add(TableChange change)
    {
        changes.Add(change);
        return this;
    }
}
