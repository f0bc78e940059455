using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>
/// SQLite's own statements for NOT NULL and CHECK, since version 3.53 (lang_altertable.html). They check rows and say of none which;
/// the questions asked before do.
/// </summary>
internal static class NativeConstraints
{
    public static bool IsPossible(TableSchema table, TableChange change) => change switch
    {
        SetNullability { IsNullable: false } set => table.FindColumn(set.Column) is { IsGenerated: false, IsRowIdAlias: false },
        SetNullability set => table.FindColumn(set.Column)?.Syntax.Constraints.OfType<NotNullSyntax>().Count() == 1,
        AddCheck add => !ClockReading.IsIn(add.Expression),

        // A constraint without a name can't be named.
        DropCheck drop => drop.Name is { } name && table.Checks.Count(check => check.Name == name) == 1,
        _ => false,
    };

    public static AlterationStep Step(SqlIdentifier database, SqlIdentifier table, TableChange change) => change switch
    {
        SetNullability set => Step(database, table, $"ALTER COLUMN {set.Column.Quoted} {(set.IsNullable ? "DROP" : "SET")} NOT NULL", change),
        AddCheck add => Step(database, table, $"ADD {(add.Name is { } name ? $"CONSTRAINT {name.Quoted} " : "")}CHECK ({SqlTokens.Closed(add.Expression)})", change),
        DropCheck { Name: { } name } => Step(database, table, $"DROP CONSTRAINT {name.Quoted}", change),
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    private static AlterationStep Step(SqlIdentifier database, SqlIdentifier table, string action, TableChange change) => new(
        $"ALTER TABLE {database.Quoted}.{table.Quoted} {action}", ChangeWords.Of(change), "lang_altertable.html")
    {
        Kind = AlterationStepKind.NativeAlter,
    };
}
