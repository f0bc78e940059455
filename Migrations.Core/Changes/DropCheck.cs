using Migrations.Core.Syntax;

namespace Migrations.Core.Changes;

/// <summary>Drops a CHECK constraint, by name, or by its expression (compared token by token) where it has none.</summary>
internal sealed record DropCheck(SqlIdentifier? Name, string? Expression) : TableChange;
