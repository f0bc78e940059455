using System.Collections.Immutable;

namespace Migrations.Core.Syntax;

/// <summary>
/// REFERENCES parent [(columns)] [ON DELETE ...] [ON UPDATE ...] [MATCH name] [[NOT] DEFERRABLE [INITIALLY ...]].
/// <see cref="Columns"/> is empty where the parent's primary key is meant. Actions and the deferral are as SQLite
/// understands them: the last one of a kind counts.
/// </summary>
internal sealed record ForeignKeyClauseSyntax(
    SourceSpan Span,
    NameSyntax Parent,
    ImmutableArray<NameSyntax> Columns,
    ForeignKeyAction OnDelete,
    ForeignKeyAction OnUpdate,
    NameSyntax? Match,
    bool InitiallyDeferred);
