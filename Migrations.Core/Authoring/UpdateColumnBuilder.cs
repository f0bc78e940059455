namespace Migrations.Core.Authoring;

internal sealed class UpdateColumnBuilder(ConvertColumnExpression expression)
    : IUpdateColumnOnTableSyntax, IUpdateColumnUsingOrInSchemaSyntax
{
    public IUpdateColumnUsingOrInSchemaSyntax OnTable(string tableName)
    {
        expression.TableName = tableName;
        return this;
    }

    public IUpdateColumnUsingSyntax InSchema(string schemaName)
    {
        expression.SchemaName = schemaName;
        return this;
    }

    public void Using(string sql) => expression.Conversion = new ExpressionConversion(sql);

    public void Using<TOld, TNew>(Func<TOld, TNew> convert)
    {
        ArgumentNullException.ThrowIfNull(convert);
        expression.Conversion = new ClrConversion<TOld, TNew>(convert);
    }

    public void Map(params (object? Old, object? New)[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        expression.Conversion = new MapConversion(values);
    }

    public void Rescale(double fromMax, double toMax, Rounding rounding = Rounding.None, double? nulls = null) =>
        expression.Conversion = new RescaleConversion(fromMax, toMax, rounding, nulls);
}
