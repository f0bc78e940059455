using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Testing.Generation;

/// <summary>
/// A foreign key that rows are to satisfy: <see cref="Columns"/> are places among the columns of the child that an INSERT names. Immutable.
/// </summary>
internal sealed record FilledKey(
    SqlIdentifier Child, ImmutableArray<int> Columns, SqlIdentifier Parent, ImmutableArray<SqlIdentifier> ParentColumns, bool IsNullable)
{
    public bool IsSelfReference => Child == Parent;
}
