namespace Migrations.Core.Alteration.Planning;

/// <summary>What a change needs of the table, cheapest first.</summary>
internal enum ChangeRoute
{
    /// <summary>One of SQLite's own statements.</summary>
    Native,

    /// <summary>An edit of the stored text.</summary>
    Edit,

    /// <summary>An update of rows.</summary>
    Update,

    /// <summary>A copy of the table.</summary>
    Copy,
}
