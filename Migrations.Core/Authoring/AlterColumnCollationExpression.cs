using FluentMigrator;
using FluentMigrator.Expressions;
using Migrations.Core.Changes;
using Migrations.Core.Syntax;

namespace Migrations.Core.Authoring;

/// <summary>Changes a column's collation and nothing else.</summary>
internal sealed class AlterColumnCollationExpression : TableChangeExpression
{
    public string? ColumnName { get; init; }

    /// <summary>The collation, null to take it away.</summary>
    public string? CollationName { get; init; }

    public override TableChange Change =>
        new SetCollation(Identifier(ColumnName), CollationName is null ? default(SqlIdentifier?) : new SqlIdentifier(CollationName));

    protected override string Verb => "AlterColumn";

    public override string ToString() => $"{base.ToString()}: {ColumnName} COLLATE {CollationName ?? "BINARY"}";

    public override IMigrationExpression Reverse() => throw NotReversible("the collation before is not known.");

    protected override IEnumerable<string> Faults() => Missing(ColumnName, "The column's name");

    protected override void ExecuteWithAny(IMigrationProcessor processor) =>
        throw NotPortable(processor, "a collation can only be changed together with the column's type, as in AsString(255, \"NOCASE\").");
}
