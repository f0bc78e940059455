using FluentMigrator.Infrastructure;

namespace Migrations.Core.Authoring;

/// <summary>
/// A batch of changes of one table. Its verbs are the methods of <see cref="TableBatchExtensions"/>; each returns the batch, and a
/// column that was said with <c>AlterColumn</c> leads back to it, too. Only this library implements it.
/// </summary>
public interface ITableBatchSyntax : IFluentSyntax
{
    internal TableBatch Batch { get; }
}
