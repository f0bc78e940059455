using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Migrations.Runner.Upgrade;

/// <summary>
/// Interrupts whatever statement runs on a connection once a token is cancelled (c3ref/interrupt.html), again and again until
/// released: a statement that begins just after one interrupt would else run to its end. Release it before the
/// connection is closed.
/// </summary>
internal sealed class StatementInterrupt : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Lock gate = new();
    private readonly sqlite3? handle;
    private readonly CancellationTokenRegistration registration;
    private ITimer? timer;
    private bool isReleased;

    public StatementInterrupt(SqliteConnection connection, CancellationToken cancellationToken)
    {
        handle = connection.Handle;
        registration = cancellationToken.Register(Start);
    }

    public void Dispose()
    {
        registration.Dispose();
        lock (gate)
        {
            isReleased = true;
            timer?.Dispose();
        }
    }

    private void Start()
    {
        lock (gate)
        {
            timer = isReleased ? null : TimeProvider.System.CreateTimer(_ => Interrupt(), null, TimeSpan.Zero, Pause);
        }
    }

    private void Interrupt()
    {
        lock (gate)
        {
            if (!isReleased && handle is not null)
            {
                raw.sqlite3_interrupt(handle);
            }
        }
    }
}
