using FluentMigrator;
using FluentMigrator.Expressions;

namespace Migrations.Core.Authoring;

/// <summary>The expressions from here to the end are one alteration. On other processors they run one by one.</summary>
internal sealed class BeginTableBatchExpression : TableExpression
{
    public BatchOptions Options { get; init; } = new();

    protected override string Verb => "Alter.TableBatch";

    // AutoReversingMigration reverses the order as well, so the end's reverse comes first.
    public override IMigrationExpression Reverse() =>
        new EndTableBatchExpression { SchemaName = SchemaName, TableName = TableName, Options = Options };

    public override string ToString() => $"Begin {base.ToString()}";

    protected override void ExecuteWith(ITableChangeProcessor processor) => processor.Process(this);

    protected override void ExecuteWithAny(IMigrationProcessor processor)
    {
        // The children are expressions of their own.
    }
}
