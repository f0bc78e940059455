using System.Collections.Immutable;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core;

/// <content>Keys, unique constraints, checks and foreign keys.</content>
public sealed partial class TableAlterationBuilder
{
    /// <summary>Makes columns the primary key of a table that has none. Duplicates and NULLs are refused.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="name">The constraint's name, null for none.</param>
    /// <param name="autoIncrement">Whether keys are never used twice (autoinc.html); for one INTEGER column.</param>
    public TableAlterationBuilder AddPrimaryKey(IEnumerable<string> columns, string? name = null, bool autoIncrement = false) =>
        Add(new AddPrimaryKey(Optional(name), KeyColumns(columns), autoIncrement));

    /// <summary>Drops the primary key. Refused while another table's foreign key needs it.</summary>
    /// <param name="name">The key's name, null for whatever it is.</param>
    public TableAlterationBuilder DropPrimaryKey(string? name = null) => Add(new DropPrimaryKey(Optional(name)));

    /// <summary>Adds a UNIQUE constraint. Duplicates are refused.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="name">The constraint's name, null for none.</param>
    public TableAlterationBuilder AddUnique(IEnumerable<string> columns, string? name = null) =>
        Add(new AddUnique(Optional(name), KeyColumns(columns)));

    /// <summary>Drops a UNIQUE constraint by its name.</summary>
    /// <param name="name">The constraint's name.</param>
    public TableAlterationBuilder DropUnique(string name) => Add(new DropUnique(Identifier(name), []));

    /// <summary>Drops a UNIQUE constraint by its columns.</summary>
    /// <param name="columns">The columns, in the constraint's order.</param>
    public TableAlterationBuilder DropUnique(IEnumerable<string> columns) => Add(new DropUnique(Name: null, Identifiers(columns)));

    /// <summary>Adds a CHECK constraint. Rows for which it is false are refused.</summary>
    /// <param name="expression">The condition, without the parentheses around it.</param>
    /// <param name="name">The constraint's name, null for none.</param>
    public TableAlterationBuilder AddCheck(string expression, string? name = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(expression);
        return Add(new AddCheck(Optional(name), expression));
    }

    /// <summary>Drops a CHECK constraint by its name.</summary>
    /// <param name="name">The constraint's name.</param>
    public TableAlterationBuilder DropCheck(string name) => Add(new DropCheck(Identifier(name), Expression: null));

    /// <summary>Drops a CHECK constraint that has no name.</summary>
    /// <param name="expression">Its condition; only the blanks and comments between its words may differ.</param>
    public TableAlterationBuilder DropUnnamedCheck(string expression)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(expression);
        return Add(new DropCheck(Name: null, expression));
    }

    /// <summary>Adds a foreign key of one column. Rows without a parent are refused.</summary>
    /// <param name="column">The column.</param>
    /// <param name="parent">The parent table.</param>
    /// <param name="parentColumn">The parent's column, null for its primary key.</param>
    /// <param name="define">Says its name and actions.</param>
    public TableAlterationBuilder AddForeignKey(
        string column, string parent, string? parentColumn = null, Action<ForeignKeyBuilder>? define = null) =>
        AddForeignKey([column], parent, parentColumn is null ? [] : [parentColumn], define);

    /// <summary>Adds a foreign key. Rows without a parent are refused.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="parent">The parent table.</param>
    /// <param name="parentColumns">The parent's columns, in the same order; none for its primary key.</param>
    /// <param name="define">Says its name and actions.</param>
    public TableAlterationBuilder AddForeignKey(
        IEnumerable<string> columns, string parent, IEnumerable<string> parentColumns, Action<ForeignKeyBuilder>? define = null)
    {
        AddForeignKey key = ForeignKeyBuilder.Build(Checked(columns), parent, parentColumns, define);
        return key.ParentColumns.IsEmpty || key.ParentColumns.Length == key.Columns.Length
            ? Add(key)
            : throw new ArgumentException("A foreign key has as many columns as its parent key.", nameof(parentColumns));
    }

    /// <summary>Drops a foreign key by its name.</summary>
    /// <param name="name">The constraint's name.</param>
    public TableAlterationBuilder DropForeignKey(string name) => Add(new DropForeignKey(Identifier(name), []));

    /// <summary>Drops a foreign key by its columns.</summary>
    /// <param name="columns">The columns, in the key's order.</param>
    public TableAlterationBuilder DropForeignKey(IEnumerable<string> columns) =>
        Add(new DropForeignKey(Name: null, Identifiers(columns)));

    private static SqlIdentifier? Optional(string? name) => name is null ? default(SqlIdentifier?) : Identifier(name);

    private static string[] Checked(IEnumerable<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        string[] names = [.. columns];
        return names.Length > 0 && names.All(name => !string.IsNullOrEmpty(name))
            ? names
            : throw new ArgumentException("A constraint has at least one column, and each has a name.", nameof(columns));
    }

    private static ImmutableArray<SqlIdentifier> Identifiers(IEnumerable<string> columns) =>
        [.. Checked(columns).Select(name => new SqlIdentifier(name))];

    private static ImmutableArray<KeyColumn> KeyColumns(IEnumerable<string> columns) =>
        [.. Checked(columns).Select(name => new KeyColumn(name, default(SqlIdentifier?), Descending: false))];
}
