using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>A name for a table that is there for a moment only: nothing bears it, and no foreign key refers to it.</summary>
internal static class FreeName
{
    public static SqlIdentifier For(DatabaseSchema schema, SqlIdentifier table)
    {
        string name = $"new_{table.Name}";
        while (schema.IsNameTaken(name) || schema.ForeignKeysTo(name).Any())
        {
            name = $"{name}_";
        }

        return name;
    }
}
