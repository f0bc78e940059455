using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace Migrations.Testing.Steps;

/// <summary>SQL that a test runs. Where it fails, the error holds the text.</summary>
internal sealed class StepStatement : IDisposable
{
    private readonly SqliteCommand command;

    public StepStatement(SqliteConnection connection, string sql, object? parameters)
    {
        command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object? value) in parameters is null ? [] : NamedValues.Of(parameters))
        {
            command.Parameters.AddWithValue(name, NamedValues.Stored(value, $"Parameter \"{name}\""));
        }
    }

    /// <summary>Runs all statements.</summary>
    /// <returns>How many rows were changed.</returns>
    public int Execute() => Math.Max(0, Run(command.ExecuteNonQuery)); // -1 stands for statements that write nothing.

    /// <summary>Runs a statement that returns rows.</summary>
    public QueryRows<T> Query<T>()
    {
        QueryErrors errors = new(command.CommandText);
        using SqliteDataReader reader = Run(command.ExecuteReader);
        if (reader.FieldCount == 0)
        {
            throw errors.Of("The statement returns no columns; it has been run. Execute is for statements without rows.");
        }

        ImmutableArray<string> columns = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        RowShape shape = RowShape.Of(typeof(T), columns, errors);
        QueryRows<T> rows = new(errors);
        object?[] values = new object?[columns.Length];
        while (Run(reader.Read))
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            }

            errors.Row++;
            rows.Add((T)shape.Read(values)!, values); // A shape makes null only where T can be null.
        }

        errors.Row = 0;
        return Run(reader.NextResult)
            ? throw errors.Of("Several statements return rows. Ask for them one by one.")
            : rows;
    }

    public void Dispose() => command.Dispose();

    private T Run<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (SqliteException e)
        {
            throw QueryErrors.Of(e, command.CommandText);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidOperationException($"{e.Message}{Environment.NewLine}{command.CommandText}", e);
        }
    }
}
