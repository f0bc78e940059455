namespace Migrations.Core.Alteration;

/// <summary>How a step of a plan is to be run.</summary>
internal enum AlterationStepKind
{
    /// <summary>As it stands.</summary>
    Statement,

    /// <summary>The copy of all rows: their number is compared with the number of rows there were.</summary>
    Copy,

    /// <summary>A change of rows that stay where they are: the application's triggers do not fire.</summary>
    Update,

    /// <summary>An edit of the stored text of a table: sqlite_schema is writable for this one statement, and the schema is read anew after it.</summary>
    SchemaEdit,

    /// <summary>SQLite's own ALTER TABLE for a change that it may refuse: where it does, the alteration is planned anew without it.</summary>
    NativeAlter,

    /// <summary>The making of an index whose entries are compared byte by byte: SQLite may sort them in several threads, which call no code of the application.</summary>
    BinarySort,
}
