namespace Migrations.Core.Authoring;

/// <summary>Says the schema, or the condition.</summary>
public interface ICreateCheckConstraintWithExpressionOrInSchemaSyntax : ICreateCheckConstraintWithExpressionSyntax
{
    /// <summary>Says the schema.</summary>
    /// <param name="schemaName">The schema; on SQLite the name of an attached database.</param>
    /// <returns>The next step.</returns>
    ICreateCheckConstraintWithExpressionSyntax InSchema(string schemaName);
}
