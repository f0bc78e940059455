using FluentMigrator;

namespace Migrations.Tests.Histories;

/// <summary>Two migrations that a test compares.</summary>
public sealed record MigrationPair(string Name, Action<Migration> First, Action<Migration> Second)
{
    public override string ToString() => Name;
}
