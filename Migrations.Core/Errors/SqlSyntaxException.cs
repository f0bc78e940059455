namespace Migrations.Core;

/// <summary>SQL text that SQLite's grammar does not allow, or that this library can not read.</summary>
public sealed class SqlSyntaxException : MigrationsException
{
    internal SqlSyntaxException(string message, string sql, int position)
        : base(message)
    {
        Sql = sql;
        Position = position;
        (Line, Column) = Locate(sql, position);
    }

    /// <summary>The whole text that was read.</summary>
    public string Sql { get; }

    /// <summary>Where in <see cref="Sql"/> reading stopped, in UTF-16 units from 0.</summary>
    public int Position { get; }

    /// <summary>The line of <see cref="Position"/>, from 1.</summary>
    public int Line { get; }

    /// <summary>The column of <see cref="Position"/> in its line, from 1.</summary>
    public int Column { get; }

    internal static (int Line, int Column) Locate(string sql, int position)
    {
        ReadOnlySpan<char> before = sql.AsSpan(0, Math.Min(position, sql.Length));
        return (before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }
}
