using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Migrations.Cli.CommandLine;
using Migrations.Cli.Output;
using Migrations.Runner;
using Migrations.Runner.Status;
using Migrations.Runner.Upgrade;

namespace Migrations.Cli.Verbs;

/// <summary>What upgrade and downgrade have in common.</summary>
internal abstract class MigratingVerb(string name, string description, string example) : Verb(name, description, example)
{
    private volatile UpgradeProgress? last;

    protected Option<bool> Yes { get; } = new("--yes", "-y") { Description = "Does it without asking." };

    protected abstract string Nothing { get; }

    public override string WhenCancelled(VerbContext context)
    {
        if (last is not { Migration: { } running } || context.Migrator is null)
        {
            return "Cancelled. Nothing was changed.";
        }

        MigratorSettings settings = context.Settings;
        bool isWithoutTransaction = settings.Modules.FirstOrDefault(module => module.Name == running.Module) is { } module
            && MigrationCatalog.Read(module, settings.Tags).FindKnown(running.Version) is { IsInTransaction: false };
        return (isWithoutTransaction
            ? $"Cancelled. Migration {running} runs without a transaction, so a part of it may be there. "
            : "Cancelled. What was running was rolled back. ")
            + Now(context);
    }

    protected static DatabaseStatus RequireUsable(VerbContext context, DatabaseMigrator migrator)
    {
        DatabaseStatus status = migrator.GetStatus();
        return status.State == DatabaseState.Unusable
            ? throw new DatabaseUnusableException(status.Problem ?? DatabaseProblem.Other, status.Database, status.Message, status.Error)
            : status;
    }

    protected async Task<Answer> MigrateAsync(VerbContext context, string database, Func<IProgress<UpgradeProgress>, Task<UpgradeResult>> migrate)
    {
        UpgradeResult result;
        using (ProgressDisplay display = ProgressDisplay.On(context.Terminal))
        {
            result = await migrate(new ProgressTee(progress =>
            {
                last = progress;
                display.Report(progress);
            }));
        }

        UpgradeShape shape = UpgradeShape.Of(database, result);
        return Answer.Of(ExitCode.Done, shape, Shapes.Default.UpgradeShape, terminal => Write(terminal, shape));
    }

    /// <summary>What would be lost, in lines; none where it is wanted anyway.</summary>
    protected async Task<ImmutableArray<string>> LossesAsync(VerbContext context, DatabaseMigrator migrator, long? version)
    {
        if (context.Parsed.GetValue(Yes))
        {
            return [];
        }

        UpgradePlan plan = await Task.Run(() => version is { } target ? migrator.Plan("", target) : migrator.Plan(), context.CancellationToken)
            .WaitAsync(context.CancellationToken);
        return LossLines.Of(plan, LossLines.Declared(context.Settings));
    }

    /// <summary>Why nothing is done with a database that has become another since its owner was asked; null where it has not.</summary>
    /// <param name="now">What it holds, under the upgrade lock.</param>
    /// <param name="wanted">What would be done now.</param>
    /// <param name="asked">What was asked about.</param>
    protected static string? Changed(DatabaseStatus now, IEnumerable<MigrationIdentity> wanted, IEnumerable<MigrationIdentity> asked) =>
        wanted.ExceptBy(asked.Select(Key), Key).ToList() is { Count: > 0 } unasked
            ? $"Another process has migrated \"{now.Database}\" meanwhile, so that more would be done than was asked about: {string.Join(", ", unasked)}. Nothing was changed: do it again."
            : null;

    /// <summary>Migrations, one a line below a sentence.</summary>
    protected static string List(string sentence, IEnumerable<string> lines) =>
        $"{sentence}{Environment.NewLine}{string.Concat(lines.Select(line => $"  {line}{Environment.NewLine}"))}";

    private static (string Module, long Version) Key(MigrationIdentity migration) => (migration.Module, migration.Version);

    private static string Now(VerbContext context)
    {
        DatabaseStatus status = context.Migrator!.GetStatus(); // The caller has looked.
        return status.Message;
    }

    private void Write(Terminal terminal, UpgradeShape upgrade)
    {
        if (upgrade.Migrations.IsEmpty)
        {
            terminal.Line($"\"{upgrade.Database}\" is at {BackupLines.Versions(upgrade.To)}: {Nothing}");
            return;
        }

        Table migrations = new();
        foreach (MigrationRunShape migration in upgrade.Migrations)
        {
            migrations.Add(
                null,
                migration.Direction,
                migration.Version.ToString(CultureInfo.InvariantCulture),
                migration.Name,
                string.Join(", ", migration.Alterations.Select(Describe)));
        }

        migrations.WriteTo(terminal);
        terminal.Line();
        string count = upgrade.Migrations.Length == 1 ? "1 migration" : string.Create(CultureInfo.InvariantCulture, $"{upgrade.Migrations.Length} migrations");
        terminal.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"\"{upgrade.Database}\" went from {BackupLines.Versions(upgrade.From)} to {BackupLines.Versions(upgrade.To)}: {count} in {upgrade.Milliseconds / 1000:0.0} s."),
            "green");
        if (upgrade.Backup is not null)
        {
            terminal.Line($"A backup from before is \"{upgrade.Backup}\".");
        }
    }

    private static string Describe(AlterationShape alteration)
    {
        string rows = alteration switch
        {
            { RowsCopied: > 0 } => string.Create(CultureInfo.InvariantCulture, $", {alteration.RowsCopied} rows copied"),
            { RowsUpdated: > 0 } => string.Create(CultureInfo.InvariantCulture, $", {alteration.RowsUpdated} rows updated"),
            _ => "",
        };
        return $"{alteration.Table} ({string.Join(", ", alteration.Strategies.Select(StrategyWords.Of))}{rows})";
    }
}
