using Migrations.Core.Syntax;

namespace Migrations.Runner.Drafting;

/// <summary>What the drafted class is called, and what of the schemas does not count. Immutable.</summary>
internal sealed record DraftOptions
{
    /// <summary>Empty for none.</summary>
    public required string Namespace { get; init; }

    public required string ClassName { get; init; }

    public required long Version { get; init; }

    /// <summary>The description in the migration's attribute, which has none where it is the name of the class.</summary>
    public required string Description { get; init; }

    /// <summary>Tables that don't count, with all that belongs to them: those of the version history, above all.</summary>
    public Func<SqlIdentifier, bool> IsIgnored { get; init; } = _ => false;
}
