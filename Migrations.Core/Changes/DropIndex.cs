using Migrations.Core.Syntax;

namespace Migrations.Core.Changes;

/// <summary>Drops an index of the table.</summary>
internal sealed record DropIndex(SqlIdentifier Index) : TableChange;
