using Migrations.Core.Syntax;
using Migrations.Runner.Processing;

namespace Migrations.Runner.Preview;

/// <summary>What a statement on a preview's database does, as SQLite says while it compiles it (c3ref/set_authorizer.html).</summary>
/// <param name="Code">SQLite's number of it.</param>
/// <param name="Table">The table.</param>
/// <param name="Column">The column that is read or updated; empty for all else.</param>
internal readonly record struct ShadowAction(int Code, TableName Table, SqlIdentifier Column)
{
    // c3ref/c_alter_table.html
    public const int CreateTable = 2;
    public const int Delete = 9;
    public const int DropTable = 11;
    public const int Insert = 18;
    public const int Read = 20;
    public const int Update = 23;
    public const int Attach = 24;
    public const int AlterTable = 26;
    public const int DropVirtualTable = 30;

    public bool IsDrop => Code is DropTable or DropVirtualTable;

    /// <summary>The action with SQLite's arguments; null for what is of no interest.</summary>
    public static ShadowAction? Of(int code, string? first, string? second, string? database) => (code, first) switch
    {
        (_, null) => null,
        (AlterTable, _) => new(code, new(first, second ?? ""), ""),
        (Read or Update, _) => new(code, new(database ?? "main", first), second ?? ""),
        (CreateTable or Delete or DropTable or Insert or DropVirtualTable, _) => new(code, new(database ?? "main", first), ""),
        _ => null,
    };
}
