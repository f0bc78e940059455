namespace Migrations.Runner;

/// <summary>
/// What an upgrade would meet. Where several are true the one further down says more; what a policy allows is no state of its
/// own.
/// </summary>
public enum DatabaseState
{
    /// <summary>Every migration of the application is applied: an upgrade has nothing to do.</summary>
    UpToDate,

    /// <summary>There is no database yet, or an empty one.</summary>
    New,

    /// <summary>Migrations are to be applied.</summary>
    Pending,

    /// <summary>An applied migration means something else now than when it was applied, and the policy refuses that.</summary>
    Edited,

    /// <summary>A migration is to be applied that comes before one that is applied, and the policy refuses that.</summary>
    OutOfOrder,

    /// <summary>The database holds migrations of a module that the application does not have, and the policy refuses that.</summary>
    ModuleMissing,

    /// <summary>The database holds migrations that the application does not know, and the policy refuses that.</summary>
    UnknownMigrations,

    /// <summary>The database is of a newer version of the application, and the policy refuses that.</summary>
    NewerThanApplication,

    /// <summary>The database holds tables and no history, and the policy refuses that.</summary>
    Unversioned,

    /// <summary>The database is another application's, by its <c>application_id</c>.</summary>
    OtherApplication,

    /// <summary>It can't be said, because the database can't be read: see <see cref="DatabaseStatus.Problem"/>.</summary>
    Unusable,
}
