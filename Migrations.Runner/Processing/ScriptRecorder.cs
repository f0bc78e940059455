using System.ComponentModel.DataAnnotations;
using FluentMigrator.Expressions;
using FluentMigrator.Validation;

namespace Migrations.Runner.Processing;

/// <summary>Notes each expression as the runner validates it, and leaves the verdict to the validator that was registered.</summary>
internal sealed class ScriptRecorder(IMigrationExpressionValidator inner, MigrationScript script) : IMigrationExpressionValidator
{
    public IEnumerable<ValidationResult> Validate(IMigrationExpression expression)
    {
        script.Add(expression);
        return inner.Validate(expression);
    }
}
