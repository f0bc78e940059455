namespace Migrations.Core;

/// <summary>A row that stands in the way: how to find it, and the value at fault. Immutable.</summary>
public sealed class RowSample
{
    internal RowSample(string key, string? value)
    {
        Key = key;
        Value = value;
    }

    /// <summary>The row's key as a condition, such as <c>"email" = 'a@b.c'</c> or <c>rowid = 7</c>.</summary>
    public string Key { get; }

    /// <summary>The value at fault as an SQL literal, null where the row as a whole is at fault.</summary>
    public string? Value { get; }

    /// <summary>The key and the value.</summary>
    public override string ToString() => Value is null ? Key : $"{Key}: {Value}";
}
