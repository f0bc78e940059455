namespace Migrations.Core.Syntax;

internal enum TableOptionKind
{
    Strict,
    WithoutRowId,
}
