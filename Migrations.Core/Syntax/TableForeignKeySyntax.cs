using System.Collections.Immutable;

namespace Migrations.Core.Syntax;

/// <summary>FOREIGN KEY (columns) REFERENCES ...</summary>
internal sealed record TableForeignKeySyntax(
    SourceSpan Span, NameSyntax? Name, ImmutableArray<NameSyntax> Columns, ForeignKeyClauseSyntax Reference)
    : TableConstraintSyntax(Span, Name);
