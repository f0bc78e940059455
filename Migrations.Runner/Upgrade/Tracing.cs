using System.Diagnostics;
using Migrations.Core;

namespace Migrations.Runner.Upgrade;

/// <summary>The spans of an upgrade. They cost nothing where nobody listens.</summary>
internal static class Tracing
{
    private static readonly ActivitySource Source = new(DatabaseMigrator.ActivitySourceName);

    public static Activity? Begin(string name, string database) =>
        Source.StartActivity(name)?.SetTag("migrations.database", database);

    public static Activity? Begin(MigrationIdentity migration, bool isUp) =>
        Source.StartActivity("migration")
            ?.SetTag("migrations.module", migration.Module)
            .SetTag("migrations.version", migration.Version)
            .SetTag("migrations.name", migration.Name)
            .SetTag("migrations.direction", isUp ? "up" : "down");

    /// <summary>An alteration that has just ended, as a child of the migration.</summary>
    public static void Add(AlterationResult alteration)
    {
        if (!Source.HasListeners())
        {
            return;
        }

        DateTimeOffset end = TimeProvider.System.GetUtcNow();
        using Activity? span = Source.StartActivity(
            ActivityKind.Internal, name: "alteration", startTime: end - alteration.Duration)
            ?.SetTag("migrations.table", alteration.Table)
            .SetTag("migrations.strategy", StrategyOf(alteration).ToString())
            .SetTag("migrations.rows", alteration.RowsCopied)
            .SetTag("migrations.rows_updated", alteration.RowsUpdated)
            .SetEndTime(end.UtcDateTime);
    }

    public static void Fail(this Activity? span, Exception error) =>
        span?.SetStatus(ActivityStatusCode.Error, error.Message).AddException(error);

    /// <summary>The dearest strategy of an alteration's plans.</summary>
    public static AlterationStrategy StrategyOf(AlterationResult alteration) => alteration.Plans.Max(plan => plan.Strategy);
}
