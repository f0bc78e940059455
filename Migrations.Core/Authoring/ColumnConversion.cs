using Migrations.Core.Changes;
using Migrations.Core.Syntax;

namespace Migrations.Core.Authoring;

/// <summary>What an author wants done to the values of a column, before the column is known. Immutable.</summary>
internal abstract class ColumnConversion
{
    private protected ColumnConversion()
    {
    }

    /// <summary>What is wrong with it, in sentences.</summary>
    public virtual IEnumerable<string> Faults => [];

    /// <summary>The conversion as SQLite runs it.</summary>
    public abstract Conversion ForSqlite(SqlIdentifier column);

    /// <summary>The conversion as other databases run it, over the column's quoted name; null where there is none.</summary>
    public abstract SqlConversion? ForOthers(string column);

    /// <summary>The conversion back; null where values can't be known again.</summary>
    public virtual ColumnConversion? Reverse() => null;

    /// <summary>In a few words, for the log.</summary>
    public abstract override string ToString();

    /// <summary>The conversion, if nothing is wrong with it.</summary>
    /// <exception cref="ArgumentException">Something is wrong with it.</exception>
    public ColumnConversion Validated() =>
        string.Join(' ', Faults) is { Length: > 0 } faults ? throw new ArgumentException(faults) : this;
}
