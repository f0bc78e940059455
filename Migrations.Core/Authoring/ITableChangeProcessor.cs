namespace Migrations.Core.Authoring;

/// <summary>
/// A processor that alters tables itself. On any other processor the expressions of this folder run as plain expressions or
/// portable SQL.
/// </summary>
internal interface ITableChangeProcessor
{
    /// <summary>A change that FluentMigrator has no expression for. It carries the engine's own change.</summary>
    void Process(TableChangeExpression expression);

    /// <summary>
    /// From here to its end everything about the batch's table is one alteration, with the batch's options. The expressions
    /// between come through the processor's ordinary methods.
    /// </summary>
    void Process(BeginTableBatchExpression expression);

    /// <summary>The batch is complete.</summary>
    void Process(EndTableBatchExpression expression);
}
