namespace Migrations.Core;

/// <summary>One difference between two schemas. Immutable.</summary>
public sealed class SchemaDifference
{
    internal SchemaDifference(string @object, SchemaDifferenceKind kind, string? expected, string? actual)
    {
        Object = @object;
        Kind = kind;
        Expected = expected;
        Actual = actual;
    }

    /// <summary>What is different: <c>table "user"</c>, <c>column "user"."email"</c>, <c>index "ix_user_email"</c>.</summary>
    public string Object { get; }

    /// <summary>In what it differs.</summary>
    public SchemaDifferenceKind Kind { get; }

    /// <summary>What was expected; null where nothing was.</summary>
    public string? Expected { get; }

    /// <summary>What is there; null where nothing is.</summary>
    public string? Actual { get; }

    /// <summary>The difference in one line.</summary>
    public override string ToString() => $"{Object}: {Words}";

    private string Words => Kind switch
    {
        SchemaDifferenceKind.Missing when Expected is null => "missing",
        SchemaDifferenceKind.Missing => $"missing {OneLine(Expected)}",
        SchemaDifferenceKind.ExtraObject => "not expected",
        SchemaDifferenceKind.ExtraPart when Actual is null => "not expected",
        SchemaDifferenceKind.ExtraPart => $"not expected {OneLine(Actual)}",
        SchemaDifferenceKind.ColumnOrder => $"columns in the order {Actual}, expected {Expected}",
        SchemaDifferenceKind.Unreadable => $"can't be compared: {OneLine(Actual ?? "")}",
        _ => $"{Noun} {OneLine(Actual ?? "none")}, expected {OneLine(Expected ?? "none")}",
    };

    private string Noun => Kind switch
    {
        SchemaDifferenceKind.Nullability or SchemaDifferenceKind.TableOption or SchemaDifferenceKind.Constraint => "is",
        SchemaDifferenceKind.Definition => "is defined as",
        SchemaDifferenceKind.Generated => "is computed",
        _ => Kind.ToString().ToLowerInvariant(),
    };

    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
