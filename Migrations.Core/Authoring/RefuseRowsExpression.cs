using System.ComponentModel.DataAnnotations;
using System.Data;
using FluentMigrator;
using FluentMigrator.Expressions;

namespace Migrations.Core.Authoring;

/// <summary>Stops the migration where rows are there that must not be.</summary>
internal sealed class RefuseRowsExpression : MigrationExpressionBase, IValidatableObject
{
    public string? TableName { get; init; }

    public string? Query { get; init; }

    public string? Reason { get; init; }

    /// <summary>Describes the rows that must not be there; null refuses every row of the query.</summary>
    public Func<IEnumerable<QueryRow>, IEnumerable<string>>? Find { get; init; }

    public override void ExecuteWith(IMigrationProcessor processor) => processor.Process(new PerformDBOperationExpression
    {
        Operation = Refuse,
        Description = ToString(),
    });

    public override string ToString() => $"Execute.RefuseRows of {TableName}: {Reason}";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(TableName) || string.IsNullOrWhiteSpace(Query) || string.IsNullOrWhiteSpace(Reason))
        {
            yield return new ValidationResult("Execute.RefuseRows needs a table, a query and a reason.");
        }
    }

    private void Refuse(IDbConnection connection, IDbTransaction? transaction)
    {
        using IDbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = Query;
        RefusedRows refused = new();
        using (IDataReader reader = command.ExecuteReader())
        {
            IEnumerable<QueryRow> rows = QueryRow.ReadAll(reader);
            foreach (string row in Find is null ? rows.Select(row => row.ToString()) : Find(rows))
            {
                refused.Add(new RowSample(row, value: null));
            }
        }

        refused.ThrowIfAny(TableName!, column: null, Reason!);
    }
}
