using FluentMigrator;
using FluentMigrator.Expressions;
using Migrations.Core.Changes;

namespace Migrations.Core.Authoring;

/// <summary>Drops a CHECK constraint.</summary>
internal sealed class DeleteCheckConstraintExpression : TableChangeExpression
{
    public string? ConstraintName { get; init; }

    /// <summary>The constraint's expression where it is known, so that it can be made again.</summary>
    public string? Expression { get; init; }

    public override TableChange Change => new DropCheck(Identifier(ConstraintName), Expression: null);

    protected override string Verb => "Delete.CheckConstraint";

    public override IMigrationExpression Reverse() => Expression is null
        ? throw NotReversible("the constraint's expression is not known.")
        : new CreateCheckConstraintExpression
        {
            SchemaName = SchemaName,
            TableName = TableName,
            ConstraintName = ConstraintName,
            Expression = Expression,
        };

    public override string ToString() => $"{base.ToString()}: {ConstraintName}";

    protected override IEnumerable<string> Faults() => Missing(ConstraintName, "The constraint's name");

    protected override void ExecuteWithAny(IMigrationProcessor processor) => processor.Execute(
        $"ALTER TABLE {PortableSql.Table(processor, this)} DROP CONSTRAINT {PortableSql.Quote(processor, ConstraintName!)}");
}
