namespace Migrations.Core.Authoring;

/// <summary>Says the schema, or the column.</summary>
public interface IAlterDefaultConstraintOnColumnOrInSchemaSyntax : IAlterDefaultConstraintOnColumnSyntax
{
    /// <summary>Says the schema.</summary>
    /// <param name="schemaName">The schema; on SQLite the name of an attached database.</param>
    /// <returns>The next step.</returns>
    IAlterDefaultConstraintOnColumnSyntax InSchema(string schemaName);
}
