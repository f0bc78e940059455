namespace Migrations.Core;

/// <summary>Options of one batch of changes in a migration. Mutable until it is used.</summary>
public sealed class BatchOptions
{
    /// <summary>Which strategies may be used. Other processors than this library's take no notice of it.</summary>
    /// <value>The default is <see cref="RebuildMode.Auto"/>.</value>
    public RebuildMode Mode { get; set; } = RebuildMode.Auto;

    /// <summary>The schema of the table; on SQLite the name of an attached database.</summary>
    /// <value>The default is null: the default schema of the migration's conventions, "main" on SQLite.</value>
    public string? Schema { get; set; }
}
