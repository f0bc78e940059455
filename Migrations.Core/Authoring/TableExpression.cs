using System.ComponentModel.DataAnnotations;
using FluentMigrator;
using FluentMigrator.Expressions;

namespace Migrations.Core.Authoring;

/// <summary>An expression about one table. The schema is the name of an attached database; null is "main".</summary>
internal abstract class TableExpression : MigrationExpressionBase, ISchemaExpression, IValidatableObject
{
    public string? SchemaName { get; set; }

    public string? TableName { get; set; }

    /// <summary>The verb as the author wrote it, for messages.</summary>
    protected abstract string Verb { get; }

    public sealed override void ExecuteWith(IMigrationProcessor processor)
    {
        if (processor is ITableChangeProcessor tables)
        {
            ExecuteWith(tables);
        }
        else
        {
            ExecuteWithAny(processor);
        }
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(TableName))
        {
            yield return new ValidationResult($"{Verb} does not say which table it is about.");
        }

        foreach (string fault in Faults())
        {
            yield return new ValidationResult($"{Verb}: {fault}");
        }
    }

    public override string ToString() => $"{Verb} of {(SchemaName is null ? "" : SchemaName + ".")}{TableName}";

    protected abstract void ExecuteWith(ITableChangeProcessor processor);

    protected abstract void ExecuteWithAny(IMigrationProcessor processor);

    protected virtual IEnumerable<string> Faults() => [];

    protected static IEnumerable<string> Missing(string? value, string what) =>
        string.IsNullOrWhiteSpace(value) ? [$"{what} is missing."] : [];

    protected NotSupportedException NotReversible(string reason) =>
        new($"{ToString()} can't be automatically reversed: {reason} Write Down() by hand.");
}
