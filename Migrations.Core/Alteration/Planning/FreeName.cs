using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>Names for what is there for a moment only.</summary>
internal static class FreeName
{
    /// <summary>A name for a new form of a table: nothing bears it, and no foreign key refers to it.</summary>
    public static SqlIdentifier For(DatabaseSchema schema, SqlIdentifier table) =>
        Like($"new_{table.Name}", name => schema.IsNameTaken(name) || schema.ForeignKeysTo(name).Any());

    /// <summary>A name, with as many underscores after it as it takes to be free.</summary>
    public static SqlIdentifier Like(SqlIdentifier name, Func<SqlIdentifier, bool> isTaken)
    {
        while (isTaken(name))
        {
            name = $"{name.Name}_";
        }

        return name;
    }
}
