namespace Migrations.Core.Changes;

/// <summary>
/// The new value comes from a C# function of the old one; both are what Microsoft.Data.Sqlite gives for a stored value:
/// null, long, double, string or byte[]. A function that throws names its row, and nothing is changed.
/// </summary>
internal sealed record FunctionConversion(Func<object?, object?> Function) : Conversion;
