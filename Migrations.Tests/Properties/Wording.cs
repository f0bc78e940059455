namespace Migrations.Tests.Properties;

/// <summary>Who has put the new text of a table into words.</summary>
internal enum Wording
{
    /// <summary>This library: every comment is where it was.</summary>
    Ours,

    /// <summary>SQLite, which adds and drops columns: it may take comments along with a column.</summary>
    Columns,

    /// <summary>SQLite, which has words of its own for constraints, and places: the text means the same.</summary>
    Constraints,
}
