using System.Collections.Immutable;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Changes;

/// <summary>Adds a UNIQUE constraint.</summary>
internal sealed record AddUnique(SqlIdentifier? Name, ImmutableArray<KeyColumn> Columns) : TableChange;
