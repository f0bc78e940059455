namespace Migrations.Core;

/// <summary>In what a schema differs from the one that was expected.</summary>
public enum SchemaDifferenceKind
{
    /// <summary>A table, column, index, trigger, view or constraint is not there.</summary>
    Missing,

    /// <summary>A table, index, trigger or view is there that was not expected.</summary>
    ExtraObject,

    /// <summary>A column or constraint is there that was not expected.</summary>
    ExtraPart,

    /// <summary>The columns are the same in another order, which SQL without column names would notice.</summary>
    ColumnOrder,

    /// <summary>A column's declared type is another.</summary>
    Type,

    /// <summary>A column takes NULL and should not, or the other way round.</summary>
    Nullability,

    /// <summary>A column's default is another.</summary>
    Default,

    /// <summary>A column's collation is another.</summary>
    Collation,

    /// <summary>What a column is computed of, or how, is another.</summary>
    Generated,

    /// <summary>A primary key, UNIQUE, CHECK or FOREIGN KEY constraint is another, or has another name.</summary>
    Constraint,

    /// <summary>AUTOINCREMENT, STRICT or WITHOUT ROWID is another.</summary>
    TableOption,

    /// <summary>An index, trigger, view or virtual table of this name is defined in another way.</summary>
    Definition,

    /// <summary>The text could not be read, or SQLite reads it otherwise, so it can't be compared.</summary>
    Unreadable,
}
