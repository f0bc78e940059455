using FluentMigrator;
using FluentMigrator.Expressions;
using Migrations.Core.Changes;

namespace Migrations.Core.Authoring;

/// <summary>Adds a CHECK constraint.</summary>
internal sealed class CreateCheckConstraintExpression : TableChangeExpression
{
    public string? ConstraintName { get; init; }

    public string? Expression { get; set; }

    public override TableChange Change => new AddCheck(Identifier(ConstraintName), Expression ?? "");

    protected override string Verb => "Create.CheckConstraint";

    public override IMigrationExpression Reverse() => new DeleteCheckConstraintExpression
    {
        SchemaName = SchemaName,
        TableName = TableName,
        ConstraintName = ConstraintName,
        Expression = Expression,
    };

    public override string ToString() => $"{base.ToString()}: {ConstraintName} {Expression}";

    protected override IEnumerable<string> Faults() =>
        [.. Missing(ConstraintName, "The constraint's name"), .. Missing(Expression, "The constraint's expression")];

    protected override void ExecuteWithAny(IMigrationProcessor processor) => processor.Execute(
        $"ALTER TABLE {PortableSql.Table(processor, this)} ADD CONSTRAINT {PortableSql.Quote(processor, ConstraintName!)} CHECK ({Expression})");
}
