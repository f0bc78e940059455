namespace Migrations.Cli.Output;

/// <summary>A script for the sqlite3 shell.</summary>
/// <param name="From">The version that a database has to be at.</param>
/// <param name="To">The version that it is at afterwards.</param>
/// <param name="Database">The database whose schema it is made for; null where it is the one that the migrations make.</param>
/// <param name="Migrations">The migrations, in the order of running.</param>
/// <param name="Sql">The script.</param>
/// <param name="File">The file that it was written to; null where it was written to none.</param>
internal sealed record ScriptShape(long From, long To, string? Database, IReadOnlyList<ScriptedMigrationShape> Migrations, string Sql, string? File);
