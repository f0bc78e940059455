using Migrations.Core.Changes;

namespace Migrations.Core.Authoring;

/// <content>Changes in the words of the table engine.</content>
public static partial class TableBatchExtensions
{
    /// <summary>
    /// Changes for which FluentMigrator has no words, in those of <see cref="TableAlterationBuilder"/>: constraints without a name, deferred
    /// foreign keys and RESTRICT, columns without a type. They are carried out in the same pass, in their place. For SQLite only.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="alter">Says the changes.</param>
    /// <returns>The batch.</returns>
    /// <exception cref="ArgumentException">The table is renamed; FluentMigrator's <c>Rename.Table</c> does that.</exception>
    public static ITableBatchSyntax Alter(this ITableBatchSyntax batch, Action<TableAlterationBuilder> alter)
    {
        ArgumentNullException.ThrowIfNull(alter);
        TableBatch target = Target(batch);
        TableAlterationBuilder table = new(target.Table);
        alter(table);
        foreach (TableChange change in table.Changes)
        {
            target.Add(change is not RenameTable
                ? new AlterTableChangeExpression { SchemaName = target.Schema, TableName = target.Table, Wanted = change }
                : throw new ArgumentException("A batch is about one table by one name: rename it with Rename.Table.", nameof(alter)));
        }

        return target;
    }
}
