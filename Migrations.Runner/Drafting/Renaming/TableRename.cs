using Migrations.Core.Syntax;

namespace Migrations.Runner.Drafting.Renaming;

/// <summary>A table that seems to have another name.</summary>
internal sealed record TableRename(SqlIdentifier Old, SqlIdentifier New);
