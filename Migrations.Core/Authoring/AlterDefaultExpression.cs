using System.ComponentModel.DataAnnotations;
using FluentMigrator.Expressions;
using FluentMigrator.Model;

namespace Migrations.Core.Authoring;

/// <summary>FluentMigrator's own expression, which every processor runs, with a check that the sentence was ended.</summary>
internal sealed class AlterDefaultExpression : AlterDefaultConstraintExpression, IValidatableObject
{
    public AlterDefaultExpression() => DefaultValue = new ColumnDefinition.UndefinedDefaultValue();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (DefaultValue is ColumnDefinition.UndefinedDefaultValue)
        {
            yield return new ValidationResult($"Alter.DefaultConstraint of {TableName}.{ColumnName} does not say the default: say To.");
        }
    }
}
