using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Migrations.Cli.CommandLine;
using Migrations.Runner;

namespace Migrations.Cli.Verbs;

internal sealed class DowngradeVerb() : MigratingVerb(
    "downgrade",
    "Takes migrations back, the newest first, until a version is the newest one applied. As upgrade: a lock, a backup, transactions, a check. "
    + "Always asks, and names the tables and columns that would be lost, and how much is in them.",
    """
    dotnet migrations downgrade --to 4 --assembly bin/App.dll --database app.db
    dotnet migrations downgrade --to 0 --yes
    """)
{
    private readonly Option<long> to = new("--to")
    {
        Description = "The version to go back to; 0 takes back everything.",
        HelpName = "version",
        Required = true,
        CustomParser = VersionArgument.Parse,
    };

    protected override string Nothing => "there is nothing to take back.";

    public override async Task<Answer> RunAsync(VerbContext context)
    {
        DatabaseMigrator migrator = await context.OpenAsync();
        long version = context.Parsed.GetValue(to);
        context.RequireVersion(version);
        DatabaseStatus status = RequireUsable(context, migrator);
        context.Refuse(now => Up(now, version) ?? (context.Parsed.GetValue(Yes) ? null : Changed(now, Back(now, version), Back(status, version))));
        List<MigrationIdentity> back = [.. Back(status, version)];
        if (back.Count > 0 && status.State is DatabaseState.UpToDate or DatabaseState.Pending or DatabaseState.OutOfOrder or DatabaseState.Edited)
        {
            ImmutableArray<string> losses = await LossesAsync(context, migrator, version);
            string lost = losses.IsEmpty ? "" : List("Data would be lost, or may be:", losses);
            await context.RequireYesAsync(Yes, List("Taken back would be:", back.Select(migration => migration.ToString())) + lost);
        }

        return await MigrateAsync(
            context, status.Database, progress => migrator.MigrateToAsync("", version, progress, context.CancellationToken));
    }

    protected override void AddTo(Command command)
    {
        command.Add(to);
        command.Add(Yes);
    }

    private static string? Up(DatabaseStatus status, long version) => Own(status).NewestApplied is var newest && newest < version
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"\"{status.Database}\" is at version {newest}, below {version}: `upgrade --to {version}` applies migrations. Nothing was changed.")
        : null;

    private static IEnumerable<MigrationIdentity> Back(DatabaseStatus status, long version) =>
        Own(status).Applied.Where(migration => migration.Version > version).Reverse();

    private static ModuleStatus Own(DatabaseStatus status) => status.Modules.Single(module => module.Module.Length == 0);
}
