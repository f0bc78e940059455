using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Runner;
using Migrations.Tests.Support;

namespace Migrations.Tests.Processes.Child;

/// <summary>
/// What a child does: <c>upgrade FILE</c>, <c>backup FILE</c>, <c>restore FILE BACKUP</c>, <c>hold FILE SQL</c>, each with options of the form
/// <c>name=value</c>.
/// </summary>
internal static class Verb
{
    public static Task RunAsync(string[] args)
    {
        string[] words = [.. args.Where(word => !ChildOptions.IsOption(word))];
        ChildOptions options = ChildOptions.Parse(args);
        return words switch
        {
            ["upgrade", { } file] => Upgrade(file, options),
            ["backup", { } file] => Backup(file, options),
            ["restore", { } file, { } backup] => Restore(file, backup, options),
            ["hold", { } file, { } sql] => Task.Run(() => Hold(file, sql)),
            _ => throw new ArgumentException($"There is no verb like this: {string.Join(' ', args)}", nameof(args)),
        };
    }

    private static async Task Upgrade(string file, ChildOptions options)
    {
        await using DatabaseMigrator migrator = options.Migrator(file);
        Begin(options);
        UpgradeResult result = await migrator.UpgradeAsync(new ProgressLines(options.StandAt));
        foreach (MigrationResult migration in result.Migrations)
        {
            Print(ChildLine.Applied + migration.Migration.Version.ToString(CultureInfo.InvariantCulture));
        }

        foreach (AlterationStrategy strategy in ForcedStrategyExtensions.Of(result))
        {
            Print(ChildLine.Strategy + strategy);
        }

        if (result.BackupPath is { } backup)
        {
            Print(ChildLine.Backup + backup);
        }
    }

    private static async Task Backup(string file, ChildOptions options)
    {
        await using DatabaseMigrator migrator = options.Migrator(file);
        Begin(options);
        DatabaseBackup backup = await migrator.BackupAsync();
        Print(ChildLine.Backup + backup.Path);
    }

    private static async Task Restore(string file, string path, ChildOptions options)
    {
        await using DatabaseMigrator migrator = options.Migrator(file);
        DatabaseBackup backup = migrator.GetBackups().Single(found => found.Path == path);
        Begin(options);
        await migrator.RestoreAsync(backup);
    }

    private static void Hold(string file, string sql)
    {
        using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        connection.Execute(sql);
        ProgressLines.Stand();
    }

    private static void Begin(ChildOptions options)
    {
        if (options.IsGated)
        {
            Print(ChildLine.Ready);
            Console.ReadLine();
        }

        Print(ChildLine.Begins);
    }

    private static void Print(string line) => Console.WriteLine(line);
}
