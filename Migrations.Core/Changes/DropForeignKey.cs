using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Core.Changes;

/// <summary>Drops a foreign key, by name, or by its columns where it has none.</summary>
internal sealed record DropForeignKey(SqlIdentifier? Name, ImmutableArray<SqlIdentifier> Columns) : TableChange;
