using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>A C# function of one value that SQL calls while rows are copied or updated. Immutable.</summary>
internal sealed record ConversionFunction(string SqlName, SqlIdentifier Column, Func<object?, object?> Function)
{
    /// <summary>A query that calls the function in every row, and gives the row's keys: it is asked where the function has failed.</summary>
    public string Recount { get; init; } = "";
}
