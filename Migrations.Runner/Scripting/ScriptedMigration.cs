namespace Migrations.Runner.Scripting;

/// <summary>A migration of a script. Immutable.</summary>
internal sealed record ScriptedMigration(MigrationIdentity Migration, bool IsUp);
