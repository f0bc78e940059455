using Migrations.Core.Syntax;
using Migrations.Runner.Processing;

namespace Migrations.Runner.Planning;

/// <summary>A column and its table. Immutable; compared as SQLite compares names.</summary>
internal readonly record struct ColumnName(TableName Table, SqlIdentifier Column);
