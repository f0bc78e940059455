using Migrations.Core.Syntax;

namespace Migrations.Core.Changes;

/// <summary>
/// Changes a column's default for rows to come; null takes it away. <paramref name="Value"/> is a literal, a word such as
/// CURRENT_TIMESTAMP, or an expression in parentheses. Rows that are there keep what they hold.
/// </summary>
internal sealed record SetDefault(SqlIdentifier Column, string? Value) : TableChange;
