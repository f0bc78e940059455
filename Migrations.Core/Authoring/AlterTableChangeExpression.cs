using FluentMigrator;
using Migrations.Core.Changes;

namespace Migrations.Core.Authoring;

/// <summary>A change in the words of the table engine, for which FluentMigrator has none.</summary>
internal sealed class AlterTableChangeExpression : TableChangeExpression
{
    public required TableChange Wanted { get; init; }

    public override TableChange Change => Wanted;

    protected override string Verb => Wanted.ToString();

    protected override void ExecuteWithAny(IMigrationProcessor processor) =>
        throw NotPortable(processor, "it is said in the words of SQLite's tables.");
}
