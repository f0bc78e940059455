namespace Migrations.Core.Syntax;

/// <summary>What a constraint does when a row breaks it (lang_conflict.html).</summary>
internal enum ConflictResolution
{
    Rollback,
    Abort,
    Fail,
    Ignore,
    Replace,
}
