using System.Collections.Immutable;

namespace Migrations.Cli.Output;

/// <summary>The backups of a database.</summary>
/// <param name="Database">The path of the database.</param>
/// <param name="Backups">The backups, newest first.</param>
internal sealed record BackupsShape(string Database, ImmutableArray<BackupShape> Backups);
