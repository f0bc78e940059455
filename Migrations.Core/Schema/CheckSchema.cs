using Migrations.Core.Syntax;

namespace Migrations.Core.Schema;

/// <summary>A CHECK constraint; <see cref="Expression"/> is the text between its parentheses.</summary>
internal sealed record CheckSchema(SqlIdentifier? Name, string Expression, SqlIdentifier? Column, SourceSpan Span);
