using System.Collections.Immutable;
using Migrations.Core.Changes;
using Migrations.Tests.Support;

namespace Migrations.Tests.Preservation;

/// <summary>Changes of one table of the fixture, and all that may be different afterwards. Immutable.</summary>
internal sealed record PreservationCase(string Name, string Table, params TableChange[] Changes)
{
    /// <summary>Pieces of the table's text and what stands there afterwards.</summary>
    public IReadOnlyList<(string From, string To)> Edits { get; init; } = [];

    /// <summary>What the table holds afterwards, from what it held.</summary>
    public Func<TableRows, TableRows> Rows { get; init; } = rows => rows;

    /// <summary>What the row of another object becomes, or null if it goes; the same where it stays.</summary>
    public Func<SchemaRow, SchemaRow?> Others { get; init; } = row => row;

    /// <summary>Objects that are there only afterwards.</summary>
    public IReadOnlyList<SchemaRow> Added { get; init; } = [];

    /// <summary>What other tables hold afterwards.</summary>
    public Func<string, TableRows, TableRows> OtherRows { get; init; } = (_, rows) => rows;

    /// <summary>The table's name afterwards.</summary>
    public string TableAfter { get; init; } = Table;

    /// <summary>Whether the keys of the table change, and with them the indexes that SQLite makes for keys.</summary>
    public bool ChangesKeys { get; init; }

    /// <summary>Whether the rowids before and after have nothing to do with each other.</summary>
    public bool HidesRowIds { get; init; }

    /// <summary>Whether the table is meant to be no different at all.</summary>
    public bool ChangesNothing { get; init; }

    /// <summary>Probes whose outcome is meant to be another.</summary>
    public ImmutableArray<string> ProbesChanged { get; init; } = [];

    public override string ToString() => Name;
}
