using System.Collections.Immutable;
using System.Text;
using Migrations.Runner.Planning;

namespace Migrations.Runner;

/// <summary>What one migration would do. Immutable.</summary>
public sealed class PlannedMigration
{
    internal PlannedMigration(
        MigrationIdentity migration,
        bool isUp,
        ImmutableArray<PlannedStep> steps,
        ImmutableArray<string> notes,
        ImmutableArray<PlannedLoss> losses,
        ImmutableArray<string> uncounted)
    {
        Migration = migration;
        IsUp = isUp;
        Steps = steps;
        Notes = notes;
        Losses = losses;
        Uncounted = uncounted;
    }

    /// <summary>The migration.</summary>
    public MigrationIdentity Migration { get; }

    /// <summary>True where it would be applied, false where it would be taken back.</summary>
    public bool IsUp { get; }

    /// <summary>
    /// Its statements and alterations of tables, in order. Around them the upgrade begins and commits a transaction, and keeps
    /// its books of applied versions; those are not shown.
    /// </summary>
    public IReadOnlyList<PlannedStep> Steps { get; }

    /// <summary>What the plan can't say, such as code that only runs in an upgrade.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>
    /// The tables and columns of the database that it drops, whoever drops them, this library's verbs or SQL, and how much is in them now;
    /// also such with nothing in them. A table that a script rebuilds (fills a new one from it, drops it, and gives its name to the new one)
    /// is none, but its columns that the new one was not filled from are. What statements delete or overwrite, and what code does, is told by
    /// <see cref="Notes"/> and not counted. Of a migration that would fail, and be rolled back, nothing is lost.
    /// </summary>
    public IReadOnlyList<PlannedLoss> Losses { get; }

    /// <summary>What else may lose data and can't be counted beforehand, each in a sentence.</summary>
    internal ImmutableArray<string> Uncounted { get; }

    /// <summary>What it changes of the schema.</summary>
    internal ImmutableArray<SchemaDifference> Differences { get; init; } = [];

    /// <summary>What it does to rows.</summary>
    internal StepWork Work => Steps.Aggregate(default(StepWork), (sum, step) => sum + step.Work) with { Rows = Steps.Sum(step => step.Work.Rows) };

    /// <summary>The steps as SQL that runs as it stands, with comments: what is lost before them, and behind them what becomes of CREATE statements.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        Comment(text, $"{Migration}{(IsUp ? "" : " (taken back)")}");
        foreach (string note in Notes)
        {
            Comment(text, note);
        }

        foreach (PlannedLoss loss in Losses)
        {
            Comment(text, $"drops {loss}");
        }

        foreach (PlannedStep step in Steps)
        {
            string sql = step.ToString();
            text.Append(sql).AppendLine(step.Alteration is null && !sql.TrimEnd().EndsWith(';') ? ";" : "");
        }

        foreach (SchemaDifference difference in Differences)
        {
            Comment(text, $"{difference.Object}:");
            foreach (string line in difference.Lines)
            {
                Comment(text, $"  {line}");
            }
        }

        return text.ToString();
    }

    /// <summary>Adds a text of one line or several as comments.</summary>
    internal static void Comment(StringBuilder text, string comment)
    {
        foreach (string line in comment.Split('\n'))
        {
            text.Append("-- ").AppendLine(line.TrimEnd('\r'));
        }
    }
}
