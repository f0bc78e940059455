namespace Migrations.Tests.Processes;

/// <summary>From which strategies the tables of an upgrade are altered. Renames and indexes alone are always SQLite's own.</summary>
public enum ForcedStrategy
{
    /// <summary>The cheapest.</summary>
    Auto,

    /// <summary>A copy.</summary>
    CopyOnly,

    /// <summary>An edit of the stored text and an update of rows, a copy where that is not enough.</summary>
    InPlaceFirst,

    /// <summary>SQLite's own statements, a copy where there is none.</summary>
    NativeFirst,
}
