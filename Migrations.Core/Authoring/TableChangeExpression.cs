using FluentMigrator;
using Migrations.Core.Changes;
using Migrations.Core.Syntax;

namespace Migrations.Core.Authoring;

/// <summary>A change of a table that FluentMigrator has no expression for.</summary>
internal abstract class TableChangeExpression : TableExpression
{
    /// <summary>The change as the table engine takes it. Asked for only after validation.</summary>
    public abstract TableChange Change { get; }

    protected sealed override void ExecuteWith(ITableChangeProcessor processor) => processor.Process(this);

    protected AlterationRefusedException NotPortable(IMigrationProcessor processor, string reason) => new(
        TableName ?? "",
        $"{ToString()}: {processor.DatabaseType} without table rebuilds can't do this: {reason} On SQLite add WithTableRebuild() to "
        + "the runner; for other databases put the verb under IfDatabase(\"sqlite\").");

    /// <summary>A column's name, for changes of one column.</summary>
    protected static SqlIdentifier Identifier(string? name) => new(name ?? "");
}
