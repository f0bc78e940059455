namespace Migrations.Runner;

/// <summary>What a database may have beside what its migrations make when its version is declared. Mutable until it is used.</summary>
public sealed class BaselineOptions
{
    /// <summary>
    /// Whether tables, indexes, triggers and views may be there that no migration makes, not even a later one. What
    /// the migrations do make is compared all the same.
    /// </summary>
    /// <value>The default is false: they are differences like others.</value>
    public bool AllowExtraObjects { get; set; }
}
