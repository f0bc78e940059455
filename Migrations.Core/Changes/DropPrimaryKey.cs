using Migrations.Core.Syntax;

namespace Migrations.Core.Changes;

/// <summary>Drops the primary key; where a name is given it must be the key's.</summary>
internal sealed record DropPrimaryKey(SqlIdentifier? Name = null) : TableChange;
