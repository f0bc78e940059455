using FluentMigrator;
using Migrations.Core.Syntax;

namespace Migrations.Core.Authoring;

/// <summary>Names as FluentMigrator itself quotes them for a database, for SQL that it has no expression for.</summary>
internal static class PortableSql
{
    public static bool IsSqlite(IMigrationProcessor processor) =>
        processor.DatabaseType.StartsWith("SQLite", StringComparison.OrdinalIgnoreCase);

    public static string Quote(IMigrationProcessor processor, string name) => processor.DatabaseType switch
    {
        string type when type.StartsWith("MySql", StringComparison.OrdinalIgnoreCase)
            || type.StartsWith("MariaDB", StringComparison.OrdinalIgnoreCase) =>
            $"`{name.Replace("`", "``", StringComparison.Ordinal)}`",
        string type when type.StartsWith("SqlServer", StringComparison.OrdinalIgnoreCase) =>
            $"[{name.Replace("]", "]]", StringComparison.Ordinal)}]",
        // FluentMigrator writes these without quotes, which folds them to capitals.
        string type when (type.StartsWith("Oracle", StringComparison.OrdinalIgnoreCase)
            || type.StartsWith("Firebird", StringComparison.OrdinalIgnoreCase)
            || type.StartsWith("DB2", StringComparison.OrdinalIgnoreCase)) && IsWord(name) => name,
        _ => SqlIdentifier.Quote(name),
    };

    public static string Table(IMigrationProcessor processor, TableExpression expression)
    {
        string table = Quote(processor, expression.TableName ?? "");
        return string.IsNullOrEmpty(expression.SchemaName) ? table : $"{Quote(processor, expression.SchemaName)}.{table}";
    }

    private static bool IsWord(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
