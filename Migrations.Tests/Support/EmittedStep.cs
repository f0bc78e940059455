using FluentMigrator;

namespace Migrations.Tests.Support;

/// <summary>What one migration of an <see cref="EmittedAssembly"/> does.</summary>
public sealed record EmittedStep(
    long Version, Action<Migration> Up, Action<Migration>? Down = null, TransactionBehavior Behaviour = TransactionBehavior.Default)
{
    public static implicit operator EmittedStep((long Version, Action<Migration> Up) step) => new(step.Version, step.Up);
}
