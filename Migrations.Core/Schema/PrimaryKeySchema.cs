using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Core.Schema;

/// <summary>
/// The primary key. <see cref="Span"/> is that of the constraint in the table's text; <see cref="Column"/> is the column
/// that it is written on, null for a table constraint.
/// </summary>
internal sealed record PrimaryKeySchema(
    SqlIdentifier? Name,
    ImmutableArray<KeyColumn> Columns,
    bool AutoIncrement,
    ConflictResolution? Conflict,
    SqlIdentifier? Column,
    SourceSpan Span);
