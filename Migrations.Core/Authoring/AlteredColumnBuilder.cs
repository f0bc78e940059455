using Migrations.Core.Authoring;
using Migrations.Core.Changes;
using Migrations.Core.Syntax;

namespace Migrations.Core;

/// <summary>Says what becomes of a column. What is not said stays as it is.</summary>
public sealed class AlteredColumnBuilder
{
    private readonly SqlIdentifier column;
    private readonly Action<TableChange> add;

    internal AlteredColumnBuilder(SqlIdentifier column, Action<TableChange> add) => (this.column, this.add) = (column, add);

    /// <summary>Declares another type. Values keep what they are wherever the new affinity leaves them alone (datatype3.html).</summary>
    /// <param name="type">The type as it stands in CREATE TABLE, null for none.</param>
    public AlteredColumnBuilder Type(string? type) => Add(new SetType(column, string.IsNullOrWhiteSpace(type) ? null : type));

    /// <summary>Allows no NULL. Rows that hold one are refused.</summary>
    public AlteredColumnBuilder NotNull() => Add(new SetNullability(column, IsNullable: false));

    /// <summary>Allows NULL.</summary>
    public AlteredColumnBuilder Nullable() => Add(new SetNullability(column, IsNullable: true));

    /// <summary>Gives another default to rows to come. Rows that are there keep what they hold.</summary>
    /// <param name="value">
    /// The value: null, a bool (1 or 0), a number, a string, a byte[], or a date, time or Guid, which become the text that
    /// Microsoft.Data.Sqlite stores for them.
    /// </param>
    /// <exception cref="ArgumentException">The value has no SQL literal.</exception>
    public AlteredColumnBuilder Default(object? value) => Add(new SetDefault(column, SqlLiteral.Of(value)));

    /// <summary>Gives a default that is computed for each new row, such as <c>CURRENT_TIMESTAMP</c>.</summary>
    /// <param name="sql">The SQL expression, with or without parentheses.</param>
    public AlteredColumnBuilder DefaultExpression(string sql) => Add(new SetDefault(column, DefaultText.OfExpression(sql)));

    /// <summary>Takes the default away. Rows that are there keep what they hold.</summary>
    public AlteredColumnBuilder DropDefault() => Add(new SetDefault(column, Value: null));

    /// <summary>Compares text by another collation: NOCASE, RTRIM or one of the application's.</summary>
    /// <param name="collation">The collation's name.</param>
    public AlteredColumnBuilder Collate(string collation)
    {
        ArgumentException.ThrowIfNullOrEmpty(collation);
        return Add(new SetCollation(column, collation));
    }

    /// <summary>Takes the collation away, so that text is compared byte by byte (BINARY).</summary>
    public AlteredColumnBuilder DropCollation() => Add(new SetCollation(column, Collation: default(SqlIdentifier?)));

    private AlteredColumnBuilder Add(TableChange change)
    {
        add(change);
        return this;
    }
}
