using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Core.Changes;

/// <summary>Adds a foreign key; no parent columns means the parent's primary key.</summary>
internal sealed record AddForeignKey(
    SqlIdentifier? Name,
    ImmutableArray<SqlIdentifier> Columns,
    SqlIdentifier Parent,
    ImmutableArray<SqlIdentifier> ParentColumns,
    ForeignKeyAction OnDelete = ForeignKeyAction.NoAction,
    ForeignKeyAction OnUpdate = ForeignKeyAction.NoAction,
    bool InitiallyDeferred = false) : TableChange;
