using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>A C# function that SQL calls during a copy: function(value, key columns of the row ...). Immutable.</summary>
internal sealed record ConversionFunction(string SqlName, SqlIdentifier Column, Func<object?, object?> Function)
{
    /// <summary>A statement that calls the function once for every row and writes nothing.</summary>
    public string Recount { get; init; } = "";
}
