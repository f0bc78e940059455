using Migrations.Core.Syntax;

namespace Migrations.Core.Schema;

/// <summary>A view. Immutable.</summary>
internal sealed record ViewSchema(SqlIdentifier Name, string Sql);
