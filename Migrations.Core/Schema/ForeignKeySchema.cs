using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Core.Schema;

/// <summary>
/// A foreign key. <see cref="ParentColumns"/> is empty where the parent's primary key is meant ("REFERENCES p").
/// <see cref="Column"/> is the column that it is written on, null for a table constraint.
/// </summary>
internal sealed record ForeignKeySchema(
    SqlIdentifier Child,
    SqlIdentifier? Name,
    ImmutableArray<SqlIdentifier> Columns,
    SqlIdentifier Parent,
    ImmutableArray<SqlIdentifier> ParentColumns,
    ForeignKeyAction OnDelete,
    ForeignKeyAction OnUpdate,
    bool InitiallyDeferred,
    SqlIdentifier? Column,
    SourceSpan Span);
