using FluentMigrator;
using FluentMigrator.Expressions;
using Migrations.Core.Changes;

namespace Migrations.Core.Authoring;

/// <summary>Makes a table STRICT, or takes STRICT away.</summary>
internal sealed class AlterTableStrictnessExpression : TableChangeExpression
{
    public bool IsStrict { get; init; }

    public override TableChange Change => new SetStrict(IsStrict);

    protected override string Verb => IsStrict ? "Strict" : "NotStrict";

    public override IMigrationExpression Reverse() =>
        new AlterTableStrictnessExpression { SchemaName = SchemaName, TableName = TableName, IsStrict = !IsStrict };

    protected override void ExecuteWithAny(IMigrationProcessor processor) =>
        throw NotPortable(processor, "a table can't be made STRICT once it is there.");
}
