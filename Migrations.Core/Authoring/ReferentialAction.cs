namespace Migrations.Core;

/// <summary>What happens to child rows when their parent row goes or changes its key (foreignkeys.html, section 4.3).</summary>
public enum ReferentialAction
{
    /// <summary>Nothing; the change fails if child rows are left without a parent. The default.</summary>
    NoAction,

    /// <summary>The change fails at once, even where the foreign key is deferred.</summary>
    Restrict,

    /// <summary>Child rows are deleted, or follow the new key.</summary>
    Cascade,

    /// <summary>The child's columns become NULL.</summary>
    SetNull,

    /// <summary>The child's columns get their default.</summary>
    SetDefault,
}
