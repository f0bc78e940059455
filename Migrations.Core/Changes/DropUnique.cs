using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Core.Changes;

/// <summary>Drops a UNIQUE constraint, by name, or by its columns where it has none.</summary>
internal sealed record DropUnique(SqlIdentifier? Name, ImmutableArray<SqlIdentifier> Columns) : TableChange;
