using System.Globalization;
using FluentMigrator;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;
using Migrations.Runner.Drafting.Tables;

namespace Migrations.Runner.Drafting.Code;

/// <summary>A column in FluentMigrator's words.</summary>
internal static class ColumnWords
{
    /// <summary>The type and collation of a new column; null where FluentMigrator can't say them.</summary>
    public static string? Type(ColumnSchema column) => column.Collation == "BINARY" ? Type(column.DeclaredType)
        : new SqlIdentifier(column.DeclaredType.Trim()) == "TEXT" && column.Collation.Name.All(char.IsAsciiLetterOrDigit)
            ? $".AsString({CSharpText.Literal(column.Collation.Name)})"
            : null;

    /// <summary>The type; null where there is none, which FluentMigrator can't say.</summary>
    public static string? Type(string declaredType)
    {
        string type = declaredType.Trim();
        return type.ToUpperInvariant() switch
        {
            "" => null,
            "INTEGER" => ".AsInt64()",
            "TEXT" => ".AsString()",
            "BLOB" => ".AsBinary()",
            "DATETIME" => ".AsDateTime()",
            _ => $".AsCustom({CSharpText.Literal(type)})",
        };
    }

    public static string Nullability(bool isNotNull) => isNotNull ? ".NotNullable()" : ".Nullable()";

    /// <summary>The default of a new column; empty where there is none.</summary>
    public static string Default(ColumnSchema column)
    {
        if (DefaultExpression.IsNull(column.DefaultText))
        {
            return "";
        }

        DraftedDefault value = DraftedDefault.Of(column.DefaultText!); // IsNull says that there is one.
        return Value(value) ?? SystemMethod(value) ?? $".WithDefaultValue(RawSql.Insert({CSharpText.Literal(SqlTokens.Closed(value.Expression))}))";
    }

    /// <summary>The default that a column is given; the text is what may follow DEFAULT.</summary>
    public static string AlteredDefault(string? text)
    {
        if (text is null)
        {
            return ".WithoutDefault()";
        }

        DraftedDefault value = DraftedDefault.Of(text);
        return Value(value) ?? SystemMethod(value) ?? $".WithDefaultExpression({CSharpText.Literal(SqlTokens.Closed(value.Expression))})";
    }

    /// <summary>A value as a C# literal.</summary>
    public static string? Literal(DraftedDefault value) => value.Value switch
    {
        string text => CSharpText.Literal(text),
        int number => number.ToString(CultureInfo.InvariantCulture),
        long number => number.ToString(CultureInfo.InvariantCulture) + "L",
        _ => null,
    };

    private static string? Value(DraftedDefault value) => Literal(value) is { } literal ? $".WithDefaultValue({literal})" : null;

    private static string? SystemMethod(DraftedDefault value) => new SqlIdentifier(value.Expression) == "CURRENT_TIMESTAMP"
        ? $".WithDefault(SystemMethods.{nameof(SystemMethods.CurrentUTCDateTime)})"
        : null;
}
