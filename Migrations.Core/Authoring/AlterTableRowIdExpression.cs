using FluentMigrator;
using FluentMigrator.Expressions;
using Migrations.Core.Changes;

namespace Migrations.Core.Authoring;

/// <summary>Makes a table WITHOUT ROWID, or gives it rowids.</summary>
internal sealed class AlterTableRowIdExpression : TableChangeExpression
{
    public bool IsWithoutRowId { get; init; }

    public override TableChange Change => new SetWithoutRowId(IsWithoutRowId);

    protected override string Verb => IsWithoutRowId ? "WithoutRowId" : "WithRowId";

    public override IMigrationExpression Reverse() =>
        new AlterTableRowIdExpression { SchemaName = SchemaName, TableName = TableName, IsWithoutRowId = !IsWithoutRowId };

    protected override void ExecuteWithAny(IMigrationProcessor processor) =>
        throw NotPortable(processor, "how a table stores its rows can't be changed once it is there.");
}
