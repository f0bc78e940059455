using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Testing.Generation;

/// <summary>What fires a trigger.</summary>
internal static class TriggerEvents
{
    /// <summary>Whether an INSERT does.</summary>
    public static bool IsOnInsert(this TriggerSchema trigger) => Is(trigger, "INSERT");

    /// <summary>Whether an UPDATE does.</summary>
    public static bool IsOnUpdate(this TriggerSchema trigger) => Is(trigger, "UPDATE");

    private static bool Is(TriggerSchema trigger, string verb) => trigger.Syntax.Tokens.Any(token =>
        token.Kind == SqlTokenKind.Word
        && token.Span.Start > trigger.Syntax.Name.Span.End - 1
        && token.Span.Start < trigger.Syntax.Table.Span.Start
        && SqlKeywords.Is(token.Span.In(trigger.Sql), verb));
}
