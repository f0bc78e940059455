using System.Collections.Immutable;

namespace Migrations.Runner.Scripting;

/// <summary>SQL that takes a database from one version to another in the sqlite3 shell. Immutable.</summary>
/// <param name="From">The version that the database has to be at; 0 where none is applied.</param>
/// <param name="To">The version that it is at afterwards.</param>
/// <param name="Database">The database whose schema it is made for; null where it is the one that the migrations make.</param>
/// <param name="Migrations">The migrations, in the order of running.</param>
/// <param name="Sql">The script; only comments where there is nothing to do.</param>
internal sealed record UpgradeScript(long From, long To, string? Database, ImmutableArray<ScriptedMigration> Migrations, string Sql);
