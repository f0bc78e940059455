using FluentMigrator;
using FluentMigrator.Expressions;
using Migrations.Core.Changes;

namespace Migrations.Core.Authoring;

/// <summary>Moves a column within its table.</summary>
internal sealed class MoveColumnExpression : TableChangeExpression
{
    public string? ColumnName { get; init; }

    public ColumnPlace Place { get; init; } = ColumnPlace.Last;

    public override TableChange Change => new PlaceColumn(Identifier(ColumnName), Place);

    protected override string Verb => "MoveColumn";

    public override string ToString() => $"{base.ToString()}: {ColumnName} {Place.Kind} {Place.Column?.Name}".TrimEnd();

    public override IMigrationExpression Reverse() => throw NotReversible("where the column was before is not known.");

    protected override IEnumerable<string> Faults() => Missing(ColumnName, "The column's name");

    protected override void ExecuteWithAny(IMigrationProcessor processor) =>
        throw NotPortable(processor, "columns can't be moved.");
}
