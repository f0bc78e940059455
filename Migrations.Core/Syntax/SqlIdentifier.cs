using System.Diagnostics.CodeAnalysis;

namespace Migrations.Core.Syntax;

/// <summary>
/// A name as SQLite means it: the text without its quotes, compared without regard to ASCII case and with regard to
/// everything else ("É" and "é" are two names). Immutable; the only way in which this library compares and quotes names.
/// </summary>
internal readonly struct SqlIdentifier(string name) : IEquatable<SqlIdentifier>
{
    private readonly string? name = name;

    /// <summary>The name as written, without quotes.</summary>
    public string Name => name ?? "";

    /// <summary>The name in double quotes, ready to stand in SQL.</summary>
    public string Quoted => Quote(Name);

    public static implicit operator SqlIdentifier(string name) => new(name);

    public static bool operator ==(SqlIdentifier left, SqlIdentifier right) => left.Equals(right);

    public static bool operator !=(SqlIdentifier left, SqlIdentifier right) => !left.Equals(right);

    /// <summary>Puts a name in double quotes, doubling those inside.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public bool Equals(SqlIdentifier other) => SqlText.EqualsIgnoreAsciiCase(Name, other.Name);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is SqlIdentifier other && Equals(other);

    public override int GetHashCode() => SqlText.GetAsciiCaseInsensitiveHashCode(Name);

    /// <summary>The quoted name, as SQLite prints it in its messages.</summary>
    public override string ToString() => Quoted;
}
