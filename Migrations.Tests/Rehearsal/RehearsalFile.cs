using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Migrations.Runner;
using Migrations.Runner.Backup;
using Migrations.Runner.Files;
using Migrations.Runner.Rehearsal;
using Migrations.Runner.Upgrade;
using Migrations.Tests.Support;
using Migrations.Tests.Upgrades;
using NUnit.Framework;

namespace Migrations.Tests.Rehearsal;

/// <summary>A database on which upgrades are rehearsed, and the folder in which the copies are made.</summary>
internal sealed class RehearsalFile : IDisposable
{
    private readonly UpgradeFile file = new();

    public RehearsalFile(JournalMode journal = JournalMode.Wal) => Execute($"PRAGMA journal_mode = {journal}");

    public string Path => file.Path;

    /// <summary>Where the copies are made.</summary>
    public string Copies => System.IO.Path.Combine(file.Folder, "copies");

    public UpgradeFile Live => file;

    /// <summary>What lies beside the database and is no copy of it, with its content.</summary>
    public IReadOnlyList<(string Name, byte[] Content)> Files =>
        [.. file.Files.Select(name => (name, System.IO.File.ReadAllBytes(System.IO.Path.Combine(file.Folder, name))))];

    public void Execute(string sql) => file.Execute(sql);

    public RehearsalResult Rehearse(
        Assembly assembly,
        Action<UpgradeProgress>? progress = null,
        CopySettings? copying = null,
        bool keeps = false,
        Action<DatabaseMigratorOptions>? configure = null,
        CancellationToken cancellationToken = default)
    {
        DatabaseMigratorOptions options = new() { ConnectionString = file.ConnectionString, BusyTimeout = TimeSpan.FromSeconds(5) };
        options.Assemblies.Add(assembly);
        configure?.Invoke(options);
        MigratorSettings settings = MigratorSettings.Of(options);
        DatabaseFile database = new(settings.ConnectionString, settings.BusyTimeout, settings.ConnectionOpened);
        return new RehearsalRun(settings, database, NullLoggerFactory.Instance, progress ?? (_ => { }), cancellationToken, copying)
            .Run(new() { Folder = Copies, Keeps = keeps });
    }

    /// <summary>The findings of one migration as "kind: line", those that are expected in parentheses.</summary>
    public static IEnumerable<string> FindingsOf(RehearsalResult result, long version) => result.Migrations
        .Single(migration => migration.Up.Migration.Version == version).Findings
        .SelectMany(finding => finding.Lines.Select(line => finding.IsExpected ? $"({finding.Kind}: {line})" : $"{finding.Kind}: {line}"));

    /// <summary>Nothing of any copy is left, and nothing is open.</summary>
    public void AssertNoCopies()
    {
        Assert.That(Directory.Exists(Copies) ? Directory.EnumerateFileSystemEntries(Copies) : [], Is.Empty);
        Assert.That(OpenFiles.Under(Copies), Is.Empty);
    }

    public void Dispose() => file.Dispose();
}
