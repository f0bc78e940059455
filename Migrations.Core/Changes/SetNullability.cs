using Migrations.Core.Syntax;

namespace Migrations.Core.Changes;

/// <summary>Adds or takes away NOT NULL.</summary>
internal sealed record SetNullability(SqlIdentifier Column, bool IsNullable) : TableChange;
