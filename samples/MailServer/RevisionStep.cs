using Migrations.Core;

namespace MailServer;

/// <summary>One revision applied, or taken back, and what that did.</summary>
internal sealed record RevisionStep(
    RevisionAttribute Revision,
    bool IsUp,
    IReadOnlyList<string> CreatedTables,
    IReadOnlyList<string> DroppedTables,
    IReadOnlyList<AlterationResult> Alterations,
    bool Seeded,
    TimeSpan Duration);
