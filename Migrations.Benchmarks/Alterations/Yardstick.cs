using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Benchmarks.Measuring;

namespace Migrations.Benchmarks.Alterations;

/// <summary>The same change as a person writes it in SQL. Immutable.</summary>
internal sealed record Yardstick(string Name, ImmutableArray<string> Statements)
{
    public static Yardstick TwelveSteps(AccountTable wanted, params (string Column, string Expression)[] values) =>
        new("12 steps by hand", [.. wanted.TwelveSteps(values)]);

    public static Yardstick Native(string statement) => new("native DROP COLUMN", [statement]);

    public static Yardstick Update(string statement) => new("one raw UPDATE", [statement]);

    public void Run(SqliteConnection connection)
    {
        foreach (string statement in Statements)
        {
            if (statement == AccountTable.ForeignKeyCheck)
            {
                Require(connection);
            }
            else
            {
                connection.Execute(statement);
            }
        }
    }

    private static void Require(SqliteConnection connection)
    {
        if (connection.CountRows(AccountTable.ForeignKeyCheck) > 0)
        {
            throw new InvalidOperationException("Rows refer to nothing.");
        }
    }
}
