using System.Data;
using FluentMigrator;
using FluentMigrator.Expressions;
using Microsoft.Data.Sqlite;
using Migrations.Core.Changes;

namespace Migrations.Core.Authoring;

/// <summary>Conversions on processors that don't alter tables themselves: one UPDATE of all rows.</summary>
internal static class PortableConversion
{
    private const string FunctionName = "migrations_convert";

    public static void Update(IMigrationProcessor processor, ConvertColumnExpression expression, SqlConversion conversion)
    {
        string table = PortableSql.Table(processor, expression);
        string column = PortableSql.Quote(processor, expression.ColumnName!);
        if (conversion.Unconvertible is { } condition)
        {
            processor.Process(new PerformDBOperationExpression
            {
                Description = $"{expression}: looking for rows that can't be converted",
                Operation = (connection, transaction) => Refuse(
                    connection, transaction, expression, $"SELECT {column} FROM {table} WHERE {condition}", conversion.Reason ?? ""),
            });
        }

        processor.Execute($"UPDATE {table} SET {column} = {conversion.Expression}");
    }

    public static void Update(IMigrationProcessor processor, ConvertColumnExpression expression, FunctionConversion conversion)
    {
        string table = PortableSql.Table(processor, expression);
        string column = PortableSql.Quote(processor, expression.ColumnName!);
        processor.Process(new PerformDBOperationExpression
        {
            Description = expression.ToString(),
            Operation = (connection, transaction) => Run(
                connection,
                transaction,
                expression,
                conversion.Function,
                $"UPDATE {table} SET {column} = {FunctionName}({column})"),
        });
    }

    private static void Refuse(
        IDbConnection connection, IDbTransaction? transaction, ConvertColumnExpression expression, string query, string reason)
    {
        RefusedRows refused = new();
        using (IDbCommand command = Command(connection, transaction, query))
        using (IDataReader reader = command.ExecuteReader())
        {
            foreach (QueryRow row in QueryRow.ReadAll(reader))
            {
                refused.Add(new RowSample(row.ToString(), value: null));
            }
        }

        refused.ThrowIfAny(expression.TableName!, expression.ColumnName, reason);
    }

    private static void Run(
        IDbConnection connection, IDbTransaction? transaction, ConvertColumnExpression expression, Func<object?, object?> convert, string update)
    {
        if (connection is not SqliteConnection sqlite)
        {
            throw new AlterationRefusedException(
                expression.TableName!,
                $"{expression}: the connection is a {connection.GetType()}; a C# function runs only inside Microsoft.Data.Sqlite.");
        }

        RefusedRows refused = new();
        Exception? first = null;
        sqlite.CreateFunction<object, object>(FunctionName, value =>
        {
            object? stored = value is DBNull ? null : value;
            try
            {
                return convert(stored) ?? DBNull.Value;
            }
            catch (Exception e)
            {
                first ??= e;
                refused.Add(new RowSample(SqlLiteral.Describe(stored), value: null));
                throw;
            }
        });
        try
        {
            using IDbCommand command = Command(connection, transaction, update);
            command.ExecuteNonQuery();
        }
        catch (SqliteException) when (first is not null)
        {
            refused.ThrowIfAny(expression.TableName!, expression.ColumnName, $"the conversion failed with \"{first.Message}\"", first);
            throw;
        }
        finally
        {
            sqlite.CreateFunction(FunctionName, (Func<object, object>?)null);
        }
    }

    private static IDbCommand Command(IDbConnection connection, IDbTransaction? transaction, string sql)
    {
        IDbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return command;
    }
}
