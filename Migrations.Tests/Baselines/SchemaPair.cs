using Migrations.Core;

namespace Migrations.Tests.Baselines;

/// <summary>Two schemas that a test compares, and the differences that it must find, as "object: kind".</summary>
public sealed record SchemaPair(string Name, string Expected, string Actual, params (string Object, SchemaDifferenceKind Kind)[] Differences)
{
    public override string ToString() => Name;
}
