using System.Collections.Immutable;

namespace Migrations.Core.Syntax;

/// <summary>The head of a CREATE TRIGGER statement, and the names that its body mentions, by token. Immutable.</summary>
internal sealed class CreateTriggerSyntax
{
    public required string Text { get; init; }

    public required ImmutableArray<SqlToken> Tokens { get; init; }

    public required bool IsTemporary { get; init; }

    public required NameSyntax? SchemaName { get; init; }

    public required NameSyntax Name { get; init; }

    /// <summary>The table or view after ON.</summary>
    public required NameSyntax Table { get; init; }

    /// <summary>The columns of UPDATE OF, empty where there are none.</summary>
    public required ImmutableArray<NameSyntax> UpdateOf { get; init; }

    public override string ToString() => Text;
}
