namespace Migrations.Core.Authoring;

/// <summary>Says the schema, or what becomes of the values.</summary>
public interface IUpdateColumnUsingOrInSchemaSyntax : IUpdateColumnUsingSyntax
{
    /// <summary>Says the schema.</summary>
    /// <param name="schemaName">The schema; on SQLite the name of an attached database.</param>
    /// <returns>The next step.</returns>
    IUpdateColumnUsingSyntax InSchema(string schemaName);
}
