using FluentMigrator;

namespace Migrations.Benchmarks.Startup;

/// <summary>Thirty migrations, as an application has that is a few years old.</summary>
public static class StartupMigrations
{
    [Migration(202601011200, "Step 1")]
    public sealed class Step01 : StartupMigration;

    [Migration(202601111200, "Step 2")]
    public sealed class Step02 : StartupMigration;

    [Migration(202601211200, "Step 3")]
    public sealed class Step03 : StartupMigration;

    [Migration(202602011200, "Step 4")]
    public sealed class Step04 : StartupMigration;

    [Migration(202602111200, "Step 5")]
    public sealed class Step05 : StartupMigration;

    [Migration(202602211200, "Step 6")]
    public sealed class Step06 : StartupMigration;

    [Migration(202603011200, "Step 7")]
    public sealed class Step07 : StartupMigration;

    [Migration(202603111200, "Step 8")]
    public sealed class Step08 : StartupMigration;

    [Migration(202603211200, "Step 9")]
    public sealed class Step09 : StartupMigration;

    [Migration(202604011200, "Step 10")]
    public sealed class Step10 : StartupMigration;

    [Migration(202604111200, "Step 11")]
    public sealed class Step11 : StartupMigration;

    [Migration(202604211200, "Step 12")]
    public sealed class Step12 : StartupMigration;

    [Migration(202605011200, "Step 13")]
    public sealed class Step13 : StartupMigration;

    [Migration(202605111200, "Step 14")]
    public sealed class Step14 : StartupMigration;

    [Migration(202605211200, "Step 15")]
    public sealed class Step15 : StartupMigration;

    [Migration(202606011200, "Step 16")]
    public sealed class Step16 : StartupMigration;

    [Migration(202606111200, "Step 17")]
    public sealed class Step17 : StartupMigration;

    [Migration(202606211200, "Step 18")]
    public sealed class Step18 : StartupMigration;

    [Migration(202607011200, "Step 19")]
    public sealed class Step19 : StartupMigration;

    [Migration(202607111200, "Step 20")]
    public sealed class Step20 : StartupMigration;

    [Migration(202607211200, "Step 21")]
    public sealed class Step21 : StartupMigration;

    [Migration(202608011200, "Step 22")]
    public sealed class Step22 : StartupMigration;

    [Migration(202608111200, "Step 23")]
    public sealed class Step23 : StartupMigration;

    [Migration(202608211200, "Step 24")]
    public sealed class Step24 : StartupMigration;

    [Migration(202609011200, "Step 25")]
    public sealed class Step25 : StartupMigration;

    [Migration(202609111200, "Step 26")]
    public sealed class Step26 : StartupMigration;

    [Migration(202609211200, "Step 27")]
    public sealed class Step27 : StartupMigration;

    [Migration(202610011200, "Step 28")]
    public sealed class Step28 : StartupMigration;

    [Migration(202610111200, "Step 29")]
    public sealed class Step29 : StartupMigration;

    [Migration(202610211200, "Step 30")]
    public sealed class Step30 : StartupMigration;
}
