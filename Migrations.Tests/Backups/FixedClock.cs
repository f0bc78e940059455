namespace Migrations.Tests.Backups;

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class FixedClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 11, 23, 1, 2, 3, 456, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
