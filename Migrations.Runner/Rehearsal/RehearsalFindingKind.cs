namespace Migrations.Runner.Rehearsal;

/// <summary>What a rehearsal found about one migration.</summary>
internal enum RehearsalFindingKind
{
    /// <summary>The migration has no way down, and says so.</summary>
    Irreversible,

    /// <summary>The way down fails.</summary>
    DownFails,

    /// <summary>After Up and Down the schema is another one than before.</summary>
    SchemaAfterDown,

    /// <summary>After Up and Down rows are other ones than before.</summary>
    RowsAfterDown,

    /// <summary>After Up and Down it can't be applied again.</summary>
    UpAgainFails,

    /// <summary>After Up, Down and Up the schema is another one than after the first Up.</summary>
    SchemaAfterUpAgain,

    /// <summary>After Up, Down and Up rows are other ones than after the first Up.</summary>
    RowsAfterUpAgain,
}
