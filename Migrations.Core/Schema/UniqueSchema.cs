using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Core.Schema;

/// <summary>A UNIQUE constraint; <see cref="Column"/> is the column that it is written on, null for a table constraint.</summary>
internal sealed record UniqueSchema(
    SqlIdentifier? Name, ImmutableArray<KeyColumn> Columns, ConflictResolution? Conflict, SqlIdentifier? Column, SourceSpan Span);
