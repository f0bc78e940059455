using Migrations.Core.Syntax;

namespace Migrations.Core.Changes;

/// <summary>Changes a column's declared type; null takes the type away.</summary>
internal sealed record SetType(SqlIdentifier Column, string? Type) : TableChange;
