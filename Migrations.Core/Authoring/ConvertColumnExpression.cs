using FluentMigrator;
using FluentMigrator.Expressions;
using Migrations.Core.Changes;

namespace Migrations.Core.Authoring;

/// <summary>Changes the values of a column in every row.</summary>
internal sealed class ConvertColumnExpression : TableChangeExpression
{
    public string? ColumnName { get; init; }

    public ColumnConversion? Conversion { get; set; }

    public override TableChange Change => new ConvertColumn(Identifier(ColumnName), Conversion!.ForSqlite(Identifier(ColumnName)));

    protected override string Verb => "Update.Column";

    public override IMigrationExpression Reverse() => Conversion?.Reverse() is { } back
        ? new ConvertColumnExpression { SchemaName = SchemaName, TableName = TableName, ColumnName = ColumnName, Conversion = back }
        : throw NotReversible("the values before can't be told from the values after.");

    public override string ToString() => $"{base.ToString()}: {ColumnName} {Conversion}";

    protected override IEnumerable<string> Faults() =>
    [
        .. Missing(ColumnName, "The column's name"),
        .. Conversion?.Faults ?? ["What becomes of the values is missing: say Using, Map or Rescale."],
    ];

    protected override void ExecuteWithAny(IMigrationProcessor processor)
    {
        Conversion? conversion = PortableSql.IsSqlite(processor)
            ? Conversion!.ForSqlite(Identifier(ColumnName))
            : Conversion!.ForOthers(PortableSql.Quote(processor, ColumnName!));
        switch (conversion)
        {
            case SqlConversion sql:
                PortableConversion.Update(processor, this, sql);
                break;
            case FunctionConversion function:
                PortableConversion.Update(processor, this, function);
                break;
            default:
                throw NotPortable(processor, "a C# function can't run inside its statements.");
        }
    }
}
