using System.Collections.Immutable;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>
/// One pass over a table: the plan, what is asked of the rows before it, and what must hold after it. Immutable.
/// </summary>
internal sealed record PlannedPass
{
    public required AlterationPlan Plan { get; init; }

    public ImmutableArray<Preflight> Preflights { get; init; } = [];

    /// <summary>What is asked of the rows that an UPDATE has converted, before anything else is written.</summary>
    public ImmutableArray<Preflight> AfterUpdate { get; init; } = [];

    /// <summary>What is asked where a constraint refuses a row of the copy, while the old table is still there: which rows it is.</summary>
    public ImmutableArray<Preflight> WhereCopyFails { get; init; } = [];

    /// <summary>What is asked where a constraint refuses an UPDATE: which rows it is. SQLite itself does not say.</summary>
    public ImmutableArray<Preflight> WhereUpdateFails { get; init; } = [];

    /// <summary>Whether the pass converts every row by an UPDATE.</summary>
    public bool ConvertsInPlace { get; init; }

    /// <summary>Statements with text of the author that must compile as they stand, before double-quoted strings are allowed.</summary>
    public ImmutableArray<string> Compilations { get; init; } = [];

    public ImmutableArray<ConversionFunction> Functions { get; init; } = [];

    /// <summary>The table as it must be afterwards; null where only SQLite can say (a rename).</summary>
    public TableSchema? Expected { get; init; }

    /// <summary>Whether SQLite itself puts what is new into words: then the table's meaning is compared with <see cref="Expected"/>, and not its text.</summary>
    public bool IsWorded { get; init; }

    /// <summary>The table's name afterwards.</summary>
    public required SqlIdentifier Table { get; init; }

    /// <summary>Tables whose foreign keys could be violated by this pass.</summary>
    public ImmutableArray<SqlIdentifier> ForeignKeyTables { get; init; } = [];

    /// <summary>A CREATE TABLE that must compile before the first write, where the text is put into the schema without SQLite's own check; null if there is none.</summary>
    public string? Probe { get; init; }

    /// <summary>The name under which a copy is filled; null if there is none.</summary>
    public SqlIdentifier? NewName { get; init; }

    /// <summary>The changes that this pass could not take.</summary>
    public required ImmutableArray<TableChange> Rest { get; init; }
}
