using Migrations.Core.Changes;
using Migrations.Core.Syntax;

namespace Migrations.Core.Authoring;

/// <summary>The new value comes from a C# function of the old one. Immutable.</summary>
internal sealed class ClrConversion<TOld, TNew>(Func<TOld, TNew> convert) : ColumnConversion
{
    // A stored value that is no TOld throws before the function is called; NULL is default(TOld) only where that is null.
    public override Conversion ForSqlite(SqlIdentifier column) =>
        new FunctionConversion(stored => StoredValue.From(convert(StoredValue.To<TOld>(stored)!)));

    public override SqlConversion? ForOthers(string column) => null;

    public override string ToString() => $"using a function of {typeof(TOld).Name} to {typeof(TNew).Name}";
}
