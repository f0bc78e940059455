using Migrations.Core.Syntax;

namespace Migrations.Core.Changes;

/// <summary>Changes the values of a column in every row, without firing the application's triggers.</summary>
internal sealed record ConvertColumn(SqlIdentifier Column, Conversion Conversion) : TableChange;
