using Migrations.Core.Syntax;

namespace Migrations.Core.Changes;

/// <summary>Adds a CHECK constraint; the expression comes without its parentheses.</summary>
internal sealed record AddCheck(SqlIdentifier? Name, string Expression) : TableChange;
