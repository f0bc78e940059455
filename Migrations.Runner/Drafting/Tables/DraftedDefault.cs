using System.Globalization;
using Migrations.Core.Authoring;
using Migrations.Core.Schema.Comparison;
using Migrations.Core.Syntax;

namespace Migrations.Runner.Drafting.Tables;

/// <summary>A default that is not NULL: a value of C# where there is one, else an SQL expression. Immutable.</summary>
internal sealed record DraftedDefault
{
    private DraftedDefault(object? value, string expression) => (Value, Expression) = (value, expression);

    /// <summary>An int, long or string; null where only the expression says it.</summary>
    public object? Value { get; }

    /// <summary>The default in SQL, without parentheses around it.</summary>
    public string Expression { get; }

    /// <summary>The default in SQL, as it may follow DEFAULT.</summary>
    public string Sql => Value is not null ? Expression : DefaultText.OfExpression(SqlTokens.Closed(Expression));

    /// <summary>Reads a default.</summary>
    /// <param name="text">The text after DEFAULT.</param>
    public static DraftedDefault Of(string text)
    {
        string expression = DefaultMeaning.ValueOf(text);
        return SqlLexer.Tokenize(expression) switch
        {
            [{ Kind: SqlTokenKind.String }] when !expression.Contains('\0', StringComparison.Ordinal) =>
                new(expression[1..^1].Replace("''", "'", StringComparison.Ordinal), expression),
            _ when long.TryParse(expression, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
                && number != long.MinValue
                && string.Equals(number.ToString(CultureInfo.InvariantCulture), expression, StringComparison.Ordinal) =>
                new(number is >= int.MinValue and <= int.MaxValue ? (object)(int)number : number, expression),
            _ => new(null, expression),
        };
    }
}
