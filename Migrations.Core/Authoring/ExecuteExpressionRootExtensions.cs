using FluentMigrator.Builders.Execute;

namespace Migrations.Core.Authoring;

/// <summary>Verbs on <c>Execute</c>.</summary>
public static class ExecuteExpressionRootExtensions
{
    /// <summary>
    /// Stops the migration where a query finds rows, and names them. It reads only, at its place in the migration: put it
    /// first, and nothing is changed; elsewhere the migration's transaction takes back what was.
    /// </summary>
    /// <example><c>Execute.RefuseRows("user", "SELECT email FROM user WHERE quota &lt; 0", "a quota must not be negative");</c></example>
    /// <param name="root">The root.</param>
    /// <param name="table">The table whose rows they are.</param>
    /// <param name="query">The query. Its columns should name the rows to a person.</param>
    /// <param name="reason">Why the rows must not be there.</param>
    /// <exception cref="RowsRefusedException">There are such rows; thrown when the migration runs.</exception>
    public static void RefuseRows(this IExecuteExpressionRoot root, string table, string query, string reason) =>
        root.GetContext().Expressions.Add(new RefuseRowsExpression { TableName = table, Query = query, Reason = reason });

    /// <summary>
    /// Stops the migration where a C# function finds rows of a query that must not be there, such as those that differ only in
    /// Unicode case, which SQLite can't tell. It reads only, at its place in the migration: put it first, and nothing is
    /// changed; elsewhere the migration's transaction takes back what was.
    /// </summary>
    /// <param name="root">The root.</param>
    /// <param name="table">The table whose rows they are.</param>
    /// <param name="query">The query.</param>
    /// <param name="find">Takes the query's rows, as they are read, and describes each that must not be there.</param>
    /// <param name="reason">Why the rows must not be there.</param>
    /// <exception cref="RowsRefusedException">There are such rows; thrown when the migration runs.</exception>
    public static void RefuseRows(
        this IExecuteExpressionRoot root,
        string table,
        string query,
        Func<IEnumerable<QueryRow>, IEnumerable<string>> find,
        string reason)
    {
        ArgumentNullException.ThrowIfNull(find);
        root.GetContext().Expressions.Add(
            new RefuseRowsExpression { TableName = table, Query = query, Find = find, Reason = reason });
    }
}
