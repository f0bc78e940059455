using FluentMigrator.Runner;
using Microsoft.Data.Sqlite;
using Migrations.Core;

namespace Migrations.Runner;

/// <summary>
/// Options of <see cref="TableRebuildRunnerBuilderExtensions.WithTableRebuild"/>. Mutable while the runner is being registered;
/// later changes have no effect on what is already running.
/// </summary>
public sealed class TableRebuildOptions
{
    /// <summary>
    /// An open connection to migrate on, for databases that live as long as their connection. It is neither closed nor
    /// disposed, and must not be in a transaction when a migration begins. No connection string is needed then.
    /// </summary>
    /// <value>The default is null: a connection of its own is opened from the configured connection string, without pooling,
    /// so that no setting made for a migration can reach the application's connections.</value>
    public SqliteConnection? Connection { get; set; }

    /// <summary>Which strategies alterations may use, unless a batch says otherwise.</summary>
    /// <value>The default is <see cref="RebuildMode.Auto"/>.</value>
    public RebuildMode Mode { get; set; } = RebuildMode.Auto;

    /// <summary>Called after each alteration of a table, inside the migration's transaction; also in a preview.</summary>
    /// <value>The default is null: nobody is told.</value>
    public Action<AlterationResult>? Altered { get; set; }

    /// <summary>
    /// Called with every connection that the runner opens itself, the preview's included, before anything else uses it:
    /// the place to register functions and collations, and to give a key.
    /// </summary>
    /// <value>The default is null: connections are used as they are opened.</value>
    public Action<SqliteConnection>? ConnectionOpened { get; set; }
}
