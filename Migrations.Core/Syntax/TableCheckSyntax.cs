namespace Migrations.Core.Syntax;

/// <summary>CHECK (...) [ON CONFLICT ...]; <see cref="Expression"/> is what stands between the parentheses.</summary>
internal sealed record TableCheckSyntax(
    SourceSpan Span, NameSyntax? Name, SourceSpan Expression, ConflictClauseSyntax? Conflict)
    : TableConstraintSyntax(Span, Name);
