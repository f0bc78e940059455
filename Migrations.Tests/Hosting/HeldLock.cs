using Migrations.Runner.Files;
using Migrations.Runner.Locking;
using Migrations.Tests.MailServer;

namespace Migrations.Tests.Hosting;

/// <summary>Holds the upgrade lock of a database, as another process that upgrades it would.</summary>
internal sealed class HeldLock : IDisposable
{
    private readonly UpgradeLock held;

    public HeldLock(MailFile file) => held = UpgradeLock.TryAcquire(new DatabaseFile($"Data Source={file.Path}", TimeSpan.FromSeconds(1), null))
        ?? throw new InvalidOperationException("Somebody else holds the lock.");

    public void Dispose() => held.Dispose();
}
