using System.Collections.Immutable;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Changes;

/// <summary>Makes columns the primary key of a table that has none.</summary>
internal sealed record AddPrimaryKey(SqlIdentifier? Name, ImmutableArray<KeyColumn> Columns, bool AutoIncrement = false) : TableChange;
