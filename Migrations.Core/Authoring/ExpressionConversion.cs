using Migrations.Core.Changes;
using Migrations.Core.Syntax;

namespace Migrations.Core.Authoring;

/// <summary>The new value is an SQL expression of the author's. Immutable.</summary>
internal sealed class ExpressionConversion(string expression) : ColumnConversion
{
    public override IEnumerable<string> Faults =>
        string.IsNullOrWhiteSpace(expression) ? ["The expression of the new value is empty."] : [];

    public override Conversion ForSqlite(SqlIdentifier column) => new SqlConversion(expression);

    public override SqlConversion ForOthers(string column) => new(expression);

    public override string ToString() => $"using {expression}";
}
