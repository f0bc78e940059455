using FluentMigrator;

namespace Migrations.Tests.Support;

/// <summary>What one migration of an <see cref="EmittedAssembly"/> does.</summary>
public sealed record EmittedStep(
    long Version,
    Action<Migration> Up,
    Action<Migration>? Down = null,
    TransactionBehavior Behaviour = TransactionBehavior.Default,
    string? Description = null,
    string? LosesData = null)
{
    /// <summary>A step of SQL statements.</summary>
    public static EmittedStep Sql(long version, string up, string? down = null) =>
        new(version, migration => migration.Execute.Sql(up), down is null ? null : migration => migration.Execute.Sql(down));

    public static implicit operator EmittedStep((long Version, Action<Migration> Up) step) => new(step.Version, step.Up);
}
