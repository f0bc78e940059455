using Migrations.Core;

namespace Migrations.Runner;

/// <summary>The upgrade was refused because of what the database holds. Nothing was changed.</summary>
public sealed class UpgradeRefusedException : MigrationsException
{
    internal UpgradeRefusedException(DatabaseStatus status, string? message = null)
        : base(message ?? status.Message) => Status = status;

    /// <summary>What the database holds, and the reason.</summary>
    public DatabaseStatus Status { get; }
}
