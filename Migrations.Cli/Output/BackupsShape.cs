using System.Collections.Immutable;

namespace Migrations.Cli.Output;

/// <summary>The backups of a database, newest first.</summary>
internal sealed record BackupsShape(string Database, ImmutableArray<BackupShape> Backups);
