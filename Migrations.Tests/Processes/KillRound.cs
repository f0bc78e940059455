using System.Globalization;
using Migrations.Tests.Support;

namespace Migrations.Tests.Processes;

/// <summary>
/// One kill: what is killed, and at which part of the time that it takes when nobody kills it. All of it follows from the
/// number, so that a round that failed can be tried again. Immutable.
/// </summary>
public sealed class KillRound(int number)
{
    /// <summary>The environment variable that sets the number of kills.</summary>
    public const string Variable = "MIGRATIONS_KILLS";

    private const int FirstSeed = 20_261_123;
    private const int DefaultCount = 24;

    /// <summary>The rounds of this run.</summary>
    public static IEnumerable<KillRound> All => Enumerable.Range(0, Asked ?? DefaultCount).Select(number => new KillRound(number));

    /// <summary>The number of kills that was asked for; null where nobody asked.</summary>
    public static int? Asked =>
        int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out int count) ? count : null;

    /// <summary>Six of ten during an upgrade, with the backup that it begins with.</summary>
    public KillPhase Phase { get; } = (number % 10) switch
    {
        < 6 => KillPhase.Upgrade,
        < 8 => KillPhase.Backup,
        _ => KillPhase.Restore,
    };

    /// <summary>Each strategy in both journal modes, one after the other; the rest does not alter tables.</summary>
    public ForcedStrategy Strategy { get; } = number % 10 < 6 ? (ForcedStrategy)(((number / 10 * 3) + (number % 10 / 2)) % 4) : ForcedStrategy.Auto;

    public JournalMode Journal { get; } = number % 2 == 0 ? JournalMode.Wal : JournalMode.Delete;

    /// <summary>Between 0 and 1. Seeds beside each other would give moments beside each other.</summary>
    public double Moment { get; } = new Random(unchecked((FirstSeed + number) * 1_103_515_245)).NextDouble();

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{number}: {Phase}, {Strategy}, {Journal}, at {Moment:0.0000}");
}
