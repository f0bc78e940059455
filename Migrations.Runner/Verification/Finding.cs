namespace Migrations.Runner.Verification;

/// <summary>One thing that is not as it should be, in words. Immutable.</summary>
internal sealed record Finding(FindingKind Kind, string Text);
