using Migrations.Core.Changes;

namespace Migrations.Tests.Preservation;

/// <summary>Changes that must be refused: the error's type, and what its message has to name.</summary>
internal sealed record RefusalCase(string Name, string Sql, string Table, IReadOnlyList<TableChange> Changes, Type Error, params string[] Named)
{
    public override string ToString() => Name;
}
