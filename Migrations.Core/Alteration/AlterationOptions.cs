namespace Migrations.Core;

/// <summary>Options of one table alteration. Mutable until it is used.</summary>
public sealed class AlterationOptions
{
    /// <summary>The database that holds the table, as the connection knows it.</summary>
    /// <value>The default is "main"; the name given to ATTACH for an attached database.</value>
    public string Database { get; set; } = "main";

    /// <summary>Which strategies may be used.</summary>
    /// <value>The default is <see cref="RebuildMode.Auto"/>.</value>
    public RebuildMode Mode { get; set; } = RebuildMode.Auto;

    /// <summary>
    /// Whether rows that newly refer to nothing are looked for at the end of this alteration. A caller that changes parents and
    /// children one after the other in one transaction switches it off, and looks at the end of the transaction.
    /// </summary>
    internal bool ChecksForeignKeys { get; set; } = true;
}
