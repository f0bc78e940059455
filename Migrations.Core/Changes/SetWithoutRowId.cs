namespace Migrations.Core.Changes;

/// <summary>Makes a table WITHOUT ROWID, or gives it rowids (withoutrowid.html).</summary>
internal sealed record SetWithoutRowId(bool IsWithoutRowId) : TableChange;
