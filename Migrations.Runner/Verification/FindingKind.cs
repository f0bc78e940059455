namespace Migrations.Runner.Verification;

/// <summary>What a verification found.</summary>
internal enum FindingKind
{
    /// <summary>Pages, rows or indexes are not as they should be (pragma.html, integrity_check).</summary>
    Damage,

    /// <summary>A row refers to one that is not there (pragma.html, foreign_key_check).</summary>
    ForeignKey,

    /// <summary>A view, or a trigger, does not compile.</summary>
    Compilation,

    /// <summary>The history of migrations is not that of the application.</summary>
    History,

    /// <summary>The schema is not what the migrations make.</summary>
    Drift,
}
