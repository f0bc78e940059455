using System.Collections.Concurrent;
using FluentMigrator;

namespace Migrations.Tests.Upgrades;

/// <summary>What the classes of a <see cref="MigrationAssembly"/> derive from: they do what the test has listed for them.</summary>
public abstract class ScriptedMigration : Migration
{
    internal static ConcurrentDictionary<string, (Action<Migration> Up, Action<Migration>? Down)> Scripts { get; } = new(StringComparer.Ordinal);

    public override void Up() => Scripts[GetType().FullName!].Up(this);

    public override void Down() => (Scripts[GetType().FullName!].Down ?? throw new NotSupportedException("This migration has no way down."))(this);
}
