using System.Collections.Immutable;
using System.Text;

namespace Migrations.Runner;

/// <summary>What one migration would do. Immutable.</summary>
public sealed class PlannedMigration
{
    internal PlannedMigration(
        MigrationIdentity migration, bool isUp, ImmutableArray<PlannedStep> steps, ImmutableArray<string> notes)
    {
        Migration = migration;
        IsUp = isUp;
        Steps = steps;
        Notes = notes;
    }

    /// <summary>The migration.</summary>
    public MigrationIdentity Migration { get; }

    /// <summary>True where it would be applied, false where it would be taken back.</summary>
    public bool IsUp { get; }

    /// <summary>Its statements and alterations of tables, in order.</summary>
    public IReadOnlyList<PlannedStep> Steps { get; }

    /// <summary>What the plan can't say, such as code that only runs in an upgrade.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The steps as SQL with comments.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append("-- ").Append(Migration).AppendLine(IsUp ? "" : " (down)");
        foreach (string note in Notes)
        {
            text.Append("-- ").AppendLine(note);
        }

        foreach (PlannedStep step in Steps)
        {
            text.AppendLine(step.ToString());
        }

        return text.ToString();
    }
}
