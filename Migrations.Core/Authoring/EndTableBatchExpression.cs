using FluentMigrator;
using FluentMigrator.Expressions;

namespace Migrations.Core.Authoring;

/// <summary>The end of a batch.</summary>
internal sealed class EndTableBatchExpression : TableExpression
{
    public BatchOptions Options { get; init; } = new();

    protected override string Verb => "Alter.TableBatch";

    public override IMigrationExpression Reverse() =>
        new BeginTableBatchExpression { SchemaName = SchemaName, TableName = TableName, Options = Options };

    public override string ToString() => $"End {base.ToString()}";

    protected override void ExecuteWith(ITableChangeProcessor processor) => processor.Process(this);

    protected override void ExecuteWithAny(IMigrationProcessor processor)
    {
        // The children were expressions of their own.
    }
}
