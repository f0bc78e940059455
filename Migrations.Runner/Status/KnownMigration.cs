using System.Reflection;
using FluentMigrator;
using Migrations.Core.Authoring;

namespace Migrations.Runner.Status;

/// <summary>A migration of the application as its class describes it. Immutable.</summary>
internal sealed class KnownMigration(long version, string? description, Type type)
{
    public long Version => version;

    public string? Description => description;

    public Type Type => type;

    /// <summary>Why it loses data, where it says that it does.</summary>
    public string? Loses => type.GetCustomAttribute<LosesDataAttribute>()?.Reason;

    /// <summary>Whether it runs in a transaction of its own, so that nothing of it stays where it fails.</summary>
    public bool IsInTransaction => type.GetCustomAttribute<MigrationAttribute>()?.TransactionBehavior is not TransactionBehavior.None;

    /// <summary>Puts migrations into the order of versions; those of one version, which is a fault, into that of names.</summary>
    public static int Compare(KnownMigration left, KnownMigration right)
    {
        int order = left.Version.CompareTo(right.Version);
        return order != 0 ? order : string.CompareOrdinal(left.Type.FullName, right.Type.FullName);
    }
}
