using Migrations.Core.Changes;
using Migrations.Core.Syntax;

namespace Migrations.Core.Authoring;

/// <summary>Numbers of one scale become those of another. Immutable.</summary>
internal sealed class RescaleConversion(double fromMax, double toMax, Rounding rounding, double? nulls) : ColumnConversion
{
    public override IEnumerable<string> Faults
    {
        get
        {
            if (!double.IsFinite(fromMax) || fromMax == 0)
            {
                yield return "fromMax must be a number other than 0.";
            }

            if (!double.IsFinite(toMax))
            {
                yield return "toMax must be a finite number.";
            }

            if (!Enum.IsDefined(rounding))
            {
                yield return $"{rounding} is no way of rounding.";
            }

            if (nulls is { } value && !double.IsFinite(value))
            {
                yield return "The value in place of NULL must be a finite number.";
            }
        }
    }

    public override Conversion ForSqlite(SqlIdentifier column)
    {
        string scaled = Scaled(column.Quoted);
        string whole = $"CAST({scaled} AS INTEGER)";
        // Every row is asked: a list in IN would take three times as long.
        string notANumber = $"typeof({column.Quoted}) <> 'integer' AND typeof({column.Quoted}) <> 'real' AND {column.Quoted} IS NOT NULL";
        return new SqlConversion(
            WithNulls(column.Quoted, rounding switch
            {
                Rounding.None => scaled,
                Rounding.Truncate => whole,
                Rounding.Nearest => $"CAST(round({scaled}) AS INTEGER)",
                // floor() and ceil() are not compiled into every SQLite library.
                Rounding.Floor => $"{whole} - ({scaled} < {whole})",
                Rounding.Ceiling => $"{whole} + ({scaled} > {whole})",
                _ => throw new InvalidOperationException($"{rounding} is no way of rounding."),
            }),
            // CAST would silently take the nearest integer there is.
            rounding == Rounding.None ? notANumber : $"({notANumber}) OR abs({scaled}) >= 9.2e18",
            "the value is not a number that can be rescaled");
    }

    public override SqlConversion ForOthers(string column)
    {
        string scaled = Scaled(column);
        return new SqlConversion(WithNulls(column, rounding switch
        {
            Rounding.None => scaled,
            Rounding.Truncate => $"CASE WHEN {scaled} < 0 THEN CEILING({scaled}) ELSE FLOOR({scaled}) END",
            Rounding.Nearest => $"ROUND({scaled}, 0)",
            Rounding.Floor => $"FLOOR({scaled})",
            Rounding.Ceiling => $"CEILING({scaled})",
            _ => throw new InvalidOperationException($"{rounding} is no way of rounding."),
        }));
    }

    public override ColumnConversion? Reverse() =>
        rounding == Rounding.None && nulls is null && toMax != 0 ? new RescaleConversion(toMax, fromMax, rounding, nulls) : null;

    public override string ToString() => $"rescale from {SqlLiteral.Of(fromMax)} to {SqlLiteral.Of(toMax)}, rounding {rounding}";

    // Multiplied first: 7.5 of 15 is 50 of 100, which 7.5 * (100 / 15) misses.
    private string Scaled(string column) => $"({column} * {SqlLiteral.Of(toMax)} / {SqlLiteral.Of(fromMax)})";

    private string WithNulls(string column, string expression)
    {
        if (nulls is not { } value)
        {
            return expression;
        }

        string literal = Math.Truncate(value) == value && Math.Abs(value) < 9e15 ? SqlLiteral.Of((long)value) : SqlLiteral.Of(value);
        return $"CASE WHEN {column} IS NULL THEN {literal} ELSE {expression} END";
    }
}
