using Migrations.Core.Syntax;

namespace Migrations.Runner.Drafting.Renaming;

/// <summary>A column that seems to have another name; <see cref="Table"/> is its table before any rename, <see cref="NewTable"/> after.</summary>
internal sealed record ColumnRename(SqlIdentifier Table, SqlIdentifier NewTable, SqlIdentifier Old, SqlIdentifier New);
