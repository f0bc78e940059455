using System.Globalization;

namespace Migrations.Benchmarks.Results;

/// <summary>The greatest ratio that is good enough.</summary>
internal readonly record struct Goal(double AtMost)
{
    public bool IsMetBy(double ratio) => ratio <= AtMost;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"<= {AtMost:0.0#}");
}
