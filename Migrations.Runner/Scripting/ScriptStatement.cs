namespace Migrations.Runner.Scripting;

/// <summary>One statement of a script, without a semicolon, and what it is for. Immutable.</summary>
internal sealed record ScriptStatement(string Sql, string? Purpose = null);
