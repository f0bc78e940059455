using FluentMigrator.Runner;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Alteration.Planning;
using Migrations.Runner.Processing;

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

    /// <summary>
    /// Cancels what is running: the statement is interrupted, whether it is an alteration, data or SQL of the migration's own, and so
    /// is the wait for another connection's write lock. The migration's transaction is rolled back and
    /// <see cref="OperationCanceledException"/> comes out of the runner; migrations that were committed before stay. A migration
    /// without a transaction keeps what its earlier statements did.
    /// </summary>
    /// <value>The default is a token that is never cancelled.</value>
    /// <remarks>
    /// While a statement runs, a progress handler that the application has set on <see cref="Connection"/> is replaced
    /// (c3ref/progress_handler.html); it has to be set again afterwards.
    /// </remarks>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>
    /// Who is told how far each alteration of a table has come, on the thread that migrates. See <see cref="AlterationProgress"/> for
    /// when. What it throws fails the migration.
    /// </summary>
    /// <value>The default is null: nobody is told.</value>
    public IProgress<AlterationProgress>? Progress { get; set; }

    /// <summary>The strategies to choose from where <see cref="Mode"/> is not what is meant: a test forces one, in batches too.</summary>
    internal Strategies? Strategies { get; set; }

    /// <summary>Called about every half second while a statement runs that is no alteration.</summary>
    internal Action? StatementRuns { get; set; }

    /// <summary>How long a statement runs between two reports.</summary>
    internal TimeSpan ReportInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Called with the statement that failed, or what it does, and its own error before anything is rolled back.</summary>
    internal Action<string, Exception>? StatementFailed { get; set; }

    /// <summary>Where migrations are only recorded: what keeps the record, and the copy of the schema that they are tried on.</summary>
    internal IMigrationRecorder? Recorder { get; set; }
}
