using Migrations.Core.Syntax;

namespace Migrations.Runner.Preview;

/// <summary>Stored CREATE statements, made to run in another database.</summary>
internal static class CreateStatement
{
    private static readonly string[] Kinds = ["TABLE", "INDEX", "VIEW", "TRIGGER"];

    /// <summary>The statement with the database before the name. SQLite stores every one without it (schematab.html).</summary>
    public static string Qualify(string sql, SqlIdentifier database)
    {
        bool isKindSeen = false;
        foreach (SqlToken token in SqlLexer.Tokenize(sql).Where(token => !token.IsTrivia))
        {
            if (isKindSeen)
            {
                return sql.Insert(token.Span.Start, $"{database.Quoted}.");
            }

            isKindSeen = token.Kind is SqlTokenKind.Word && Array.Exists(Kinds, kind => SqlTokens.Name(sql, token) == kind);
        }

        return sql;
    }
}
