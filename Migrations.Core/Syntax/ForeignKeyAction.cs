namespace Migrations.Core.Syntax;

/// <summary>What SQLite does to child rows when their parent row goes or changes its key (foreignkeys.html, section 4.3).</summary>
internal enum ForeignKeyAction
{
    NoAction,
    Restrict,
    Cascade,
    SetNull,
    SetDefault,
}
