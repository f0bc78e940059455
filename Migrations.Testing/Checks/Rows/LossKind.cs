namespace Migrations.Testing.Checks.Rows;

/// <summary>The ways in which data is lost.</summary>
internal enum LossKind
{
    /// <summary>A table with rows was dropped.</summary>
    Table,

    /// <summary>Rows were deleted.</summary>
    Rows,

    /// <summary>A column with values was dropped.</summary>
    Column,

    /// <summary>Values became NULL.</summary>
    Nulls,

    /// <summary>Values that differed became the same.</summary>
    Merged,
}
