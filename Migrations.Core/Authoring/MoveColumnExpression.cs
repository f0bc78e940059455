using FluentMigrator;
using FluentMigrator.Expressions;
using Migrations.Core.Changes;

namespace Migrations.Core.Authoring;

/// <summary>Moves a column within its table.</summary>
internal sealed class MoveColumnExpression : TableChangeExpression
{
    public string? ColumnName { get; init; }

    /// <summary>Where to; null until the author has said it.</summary>
    public ColumnPlace? Place { get; set; }

    public override TableChange Change => new PlaceColumn(Identifier(ColumnName), Place!); // Validation came first.

    protected override string Verb => "MoveColumn";

    public override string ToString() => $"{base.ToString()}: {ColumnName} {Place?.Kind} {Place?.Column?.Name}".TrimEnd();

    public override IMigrationExpression Reverse() => throw NotReversible("where the column was before is not known.");

    protected override IEnumerable<string> Faults() =>
    [
        .. Missing(ColumnName, "The column's name"),
        .. Place is null ? ["Where to is missing: say First, Last, After or Before."] : Array.Empty<string>(),
    ];

    protected override void ExecuteWithAny(IMigrationProcessor processor) =>
        throw NotPortable(processor, "columns can't be moved.");
}
