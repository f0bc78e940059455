namespace Migrations.Core.Changes;

/// <summary>
/// The new value is an SQL expression over the columns of the table, as they are before this conversion.
/// <paramref name="Unconvertible"/>, where given, is a condition that is true for the rows that must not be there:
/// they are shown with <paramref name="Reason"/>, and nothing is changed.
/// </summary>
internal sealed record SqlConversion(string Expression, string? Unconvertible = null, string? Reason = null) : Conversion;
