namespace Migrations.Core.Authoring;

/// <summary>
/// Says of a migration that its <c>Up</c> loses data on purpose, and why: a column that nobody reads any more is dropped, rows are deleted,
/// values are made coarser. Changes nothing about how the migration runs; what reviews migrations asks for it where data is lost.
/// </summary>
/// <param name="reason">Why the data may go, for the reviewer; not empty.</param>
/// <exception cref="ArgumentException"><paramref name="reason"/> is empty or blank.</exception>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class LosesDataAttribute(string reason) : Attribute
{
    /// <summary>Why the data may go.</summary>
    public string Reason { get; } = !string.IsNullOrWhiteSpace(reason)
        ? reason
        : throw new ArgumentException("A reason says why the data may go.", nameof(reason));
}
