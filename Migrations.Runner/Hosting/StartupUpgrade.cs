namespace Migrations.Runner.Hosting;

/// <summary>A database that a host upgrades when it starts.</summary>
/// <param name="Name">The key of its services, null where they have none.</param>
/// <param name="Blocks">Whether the host waits for it.</param>
/// <param name="StopsHostOnFailure">Whether the host stops when an upgrade that it does not wait for fails.</param>
internal sealed record StartupUpgrade(string? Name, bool Blocks, bool StopsHostOnFailure);
