using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Migrations.Cli.CommandLine;
using Migrations.Runner;

namespace Migrations.Cli.Verbs;

internal sealed class UpgradeVerb() : MigratingVerb(
    "upgrade",
    "Applies what is pending: under a lock, after a backup, each migration in a transaction of its own, with a check at the end. "
    + "Asks before it creates a database, and before what loses data, or may: it names tables, columns and how much is in them.",
    """
    dotnet migrations upgrade --project src/App --database app.db
    dotnet migrations upgrade --to 20260101 --yes
    """)
{
    private readonly Option<long?> to = new("--to")
    {
        Description = "The version to stop at. The default is the newest one.",
        HelpName = "version",
        CustomParser = result => VersionArgument.Parse(result),
    };

    protected override string Nothing => "nothing is pending.";

    public override async Task<Answer> RunAsync(VerbContext context)
    {
        DatabaseMigrator migrator = await context.OpenAsync();
        long? version = context.Parsed.GetValue(to);
        if (version is { } asked)
        {
            context.RequireVersion(asked);
        }

        DatabaseStatus status = RequireUsable(context, migrator);
        context.Refuse(now => Down(now, version) ?? (context.Parsed.GetValue(Yes) ? null : Changed(now, Pending(now), Pending(status))));
        if (status.CanUpgrade && Down(status, version) is null)
        {
            await AskAsync(context, migrator, status, version);
        }

        return await MigrateAsync(context, status.Database, progress => version is { } target
            ? migrator.MigrateToAsync("", target, progress, context.CancellationToken)
            : migrator.UpgradeAsync(progress, context.CancellationToken));
    }

    protected override void AddTo(Command command)
    {
        command.Add(to);
        command.Add(Yes);
    }

    private static string? Down(DatabaseStatus status, long? version) =>
        status.Modules.FirstOrDefault(module => module.Module.Length == 0) is { } own && own.NewestApplied > version
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"\"{status.Database}\" is at version {own.NewestApplied}, above {version}: `downgrade --to {version}` takes migrations back. Nothing was changed.")
            : null;

    private static IEnumerable<MigrationIdentity> Pending(DatabaseStatus status) => status.Modules.SelectMany(module => module.Pending);

    private async Task AskAsync(VerbContext context, DatabaseMigrator migrator, DatabaseStatus status, long? version)
    {
        if (status.State == DatabaseState.New && !File.Exists(status.Database))
        {
            await context.RequireYesAsync(Yes, $"There is no database \"{status.Database}\": it would be created. ");
        }

        if (status.State == DatabaseState.New)
        {
            return;
        }

        ImmutableArray<string> losses = await LossesAsync(context, migrator, version);
        if (losses.Length > 0)
        {
            await context.RequireYesAsync(Yes, List("Data would be lost, or may be:", losses));
        }
    }
}
