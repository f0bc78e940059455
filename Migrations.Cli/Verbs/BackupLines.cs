using System.Collections.Immutable;
using System.Globalization;
using Migrations.Cli.Output;

namespace Migrations.Cli.Verbs;

/// <summary>Backups as text.</summary>
internal static class BackupLines
{
    public static void Write(Terminal terminal, ImmutableArray<BackupShape> backups)
    {
        if (backups.IsEmpty)
        {
            return;
        }

        terminal.Line("Backups, newest first:");
        Table table = new();
        foreach (BackupShape backup in backups)
        {
            table.Add(
                null,
                backup.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                Versions(backup.Versions),
                string.Create(CultureInfo.InvariantCulture, $"{backup.Size:N0} bytes"),
                backup.Path);
        }

        table.WriteTo(terminal);
    }

    /// <summary>"version 5", or "version 5, blog 3".</summary>
    public static string Versions(ImmutableArray<ModuleVersionShape> versions) => versions.IsEmpty
        ? "version unknown"
        : "version " + string.Join(", ", versions.Select(version => string.Create(
            CultureInfo.InvariantCulture, $"{version.Module}{(version.Module.Length == 0 ? "" : " ")}{version.Version}")));
}
