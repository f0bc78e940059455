namespace Migrations.Core.Schema;

/// <summary>The kinds of table of PRAGMA table_list.</summary>
internal enum TableKind
{
    Ordinary,
    Virtual,
    Shadow,
}
