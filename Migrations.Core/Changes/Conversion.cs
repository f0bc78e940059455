namespace Migrations.Core.Changes;

/// <summary>How values are converted: an SQL expression or a C# function. Immutable.</summary>
internal abstract record Conversion
{
    private protected Conversion()
    {
    }
}
