using FluentMigrator;
using FluentMigrator.Expressions;
using Migrations.Core.Changes;

namespace Migrations.Core.Authoring;

/// <summary>Adds or takes away NOT NULL and nothing else.</summary>
internal sealed class AlterColumnNullabilityExpression : TableChangeExpression
{
    public string? ColumnName { get; init; }

    public bool IsNullable { get; init; }

    public override TableChange Change => new SetNullability(Identifier(ColumnName), IsNullable);

    protected override string Verb => "AlterColumn";

    public override string ToString() => $"{base.ToString()}: {ColumnName} {(IsNullable ? "NULL" : "NOT NULL")}";

    public override IMigrationExpression Reverse() => throw NotReversible("what the column allowed before is not known.");

    protected override IEnumerable<string> Faults() => Missing(ColumnName, "The column's name");

    protected override void ExecuteWithAny(IMigrationProcessor processor) => processor.Execute(
        $"ALTER TABLE {PortableSql.Table(processor, this)} ALTER COLUMN {PortableSql.Quote(processor, ColumnName!)} "
        + $"{(IsNullable ? "DROP" : "SET")} NOT NULL");
}
