using System.Globalization;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Execution;

/// <summary>
/// A row that refers to nothing, by child, row and parent: the numbers of foreign keys change when keys are added or
/// dropped. The rowid is null in a WITHOUT ROWID table. Immutable.
/// </summary>
internal sealed record ViolatedKey(SqlIdentifier Database, SqlIdentifier Child, long? RowId, SqlIdentifier Parent)
{
    public override string ToString()
    {
        string row = RowId is { } rowId ? string.Create(CultureInfo.InvariantCulture, $"row {rowId}") : "a row";
        return $"{row} of {Child} refers to no row of {Parent}";
    }
}
