using Migrations.Core.Alteration.Planning;

namespace Migrations.Core;

/// <summary>Options of one table alteration. Mutable until it is used.</summary>
public sealed class AlterationOptions
{
    /// <summary>The database that holds the table, as the connection knows it.</summary>
    /// <value>The default is "main"; the name given to ATTACH for an attached database.</value>
    public string Database { get; set; } = "main";

    /// <summary>Which strategies may be used. What was chosen, and why, is in <see cref="AlterationResult.Plans"/>.</summary>
    /// <value>The default is <see cref="RebuildMode.Auto"/>: the cheapest one that leaves what a copy leaves.</value>
    public RebuildMode Mode { get; set; } = RebuildMode.Auto;

    /// <summary>
    /// Cancels the alteration: the running statement is interrupted, or the wait for another connection ended, and everything the
    /// alteration did is rolled back. Once its COMMIT has begun to write, it is no longer cancelled.
    /// </summary>
    /// <value>The default is a token that is never cancelled.</value>
    /// <remarks>
    /// In a transaction of the caller's SQLite rolls back the whole transaction where it interrupts a statement that writes
    /// (c3ref/interrupt.html); otherwise the alteration alone is undone. While the alteration runs, a progress handler that the
    /// application has set on the connection (c3ref/progress_handler.html) is replaced; it has to be set again afterwards.
    /// </remarks>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>Who is told how far the alteration has come, on the thread that alters. See <see cref="AlterationProgress"/> for when.</summary>
    /// <value>The default is null: nobody is told.</value>
    /// <remarks>A progress handler that the application has set on the connection is replaced, as by <see cref="CancellationToken"/>.</remarks>
    public IProgress<AlterationProgress>? Progress { get; set; }

    /// <summary>The strategies to choose from where <see cref="Mode"/> is not what is meant: a test forces one.</summary>
    internal Strategies? Strategies { get; set; }

    /// <summary>The strategies to choose from.</summary>
    internal Strategies AllowedStrategies => Strategies ?? Mode switch
    {
        RebuildMode.AlwaysCopy => Alteration.Planning.Strategies.Copy,
        RebuildMode.NeverCopy => Alteration.Planning.Strategies.Native | Alteration.Planning.Strategies.InPlace,
        _ => Alteration.Planning.Strategies.All,
    };

    /// <summary>Whether stored text may be edited, where a plan is made for another connection than this one; null to ask this one.</summary>
    internal bool? CanEditSchema { get; set; }

    /// <summary>How long a statement runs between two reports.</summary>
    internal TimeSpan ReportInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Whether rows that newly refer to nothing are looked for at the end of this alteration. A caller that changes parents and
    /// children one after the other in one transaction switches it off, and looks at the end of the transaction.
    /// </summary>
    internal bool ChecksForeignKeys { get; set; } = true;
}
