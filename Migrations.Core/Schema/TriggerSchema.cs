using Migrations.Core.Syntax;

namespace Migrations.Core.Schema;

/// <summary>A trigger; <see cref="IsTemporary"/> where it lives in the TEMP database. Immutable.</summary>
internal sealed record TriggerSchema(
    SqlIdentifier Name, SqlIdentifier Table, string Sql, bool IsTemporary, CreateTriggerSyntax Syntax);
