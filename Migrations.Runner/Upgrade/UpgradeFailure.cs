using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Migrations.Core.Alteration.Execution;

namespace Migrations.Runner.Upgrade;

/// <summary>What is known of an upgrade that failed, and the exception that tells it.</summary>
internal sealed record UpgradeFailure
{
    public required DatabaseStatus Before { get; init; }

    public required MigrationObserver Observer { get; init; }

    /// <summary>The first error, out of FluentMigrator's wrapping.</summary>
    public required Exception Error { get; init; }

    /// <summary>The first error, told by what it says of the file where it is about that.</summary>
    public required Exception Cause { get; init; }

    public required DatabaseBackup? Backup { get; init; }

    public required bool IsRestored { get; init; }

    /// <summary>Why the database could not be put back; null where it was, or was not to be.</summary>
    public required Exception? RestoreError { get; init; }

    public UpgradeFailedException ToException()
    {
        if (RestoreError is not null)
        {
            Error.Data[FirstError.CleanUpKey] = RestoreError.ToString();
        }

        ImmutableArray<MigrationResult> applied = [.. Observer.Done];
        return new(
            Describe(),
            applied,
            Observer.Current,
            UpgradeErrors.StatementOf(Error) ?? Observer.FailedStatement,
            Backup,
            IsRestored,
            RestoreError,
            Cause);
    }

    private string Describe()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"The upgrade of \"{Before.Database}\" failed{Place()}: {Cause.Message.TrimEnd()}");
        text.Append(text[^1] is '.' or '!' or '?' ? " " : ". ").Append(State());
        if (Backup is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $" A backup of {ModuleVersions.Describe(Backup.Versions)} is \"{Backup.Path}\".");
        }

        return text.Append(' ').Append(WayOut()).ToString();
    }

    private string Place() => Observer.Current is { } failed
        ? string.Create(CultureInfo.InvariantCulture, $" in migration {failed} ({Observer.Number} of {Observer.Count}{(Observer.IsUp ? "" : ", down")})")
        : Observer.Done.Count < Observer.Count ? " between migrations" : " after the last migration";

    private string State()
    {
        string now = ModuleVersions.Describe(ModuleVersions.After(Before, Observer.Done));
        if (IsRestored)
        {
            return $"The database was put back as it was before, at {ModuleVersions.Describe(ModuleVersions.Of(Before))}.";
        }

        if (RestoreError is not null)
        {
            return $"Putting the database back as it was before failed too, so it is at {now}: {RestoreError.Message}";
        }

        string stays = Observer.Done.Count switch
        {
            0 => "",
            1 => "; the migration before it stays",
            int count => string.Create(CultureInfo.InvariantCulture, $"; the {count} migrations before it stay"),
        };
        return Observer switch
        {
            { Current: null } => $"The database is at {now}.",
            { IsInTransaction: true } => $"That migration was rolled back: the database is at {now}{stays}.",
            _ => $"That migration runs without a transaction, so what it did before the error stays: the database is at {now} and a part of it{stays}.",
        };
    }

    private string WayOut() => RestoreError is null
        ? UpgradeErrors.IsUnknownFunctionOrCollation(Error)
            ? "If the application registers it on its own connections, register it on the migrator's too (DatabaseMigratorOptions.ConnectionOpened), and start again."
            : Observer.Current is null
                ? "Correct the cause and start again."
                : "Correct the migration, or what it met in the database, and start again: the upgrade goes on from there."
        : Backup is null ? "Correct the cause before anything else uses the database." : "Put the backup back before anything else uses the database.";
}
