namespace Migrations.Core.Changes;

/// <summary>Makes a table STRICT, or takes STRICT away (stricttables.html).</summary>
internal sealed record SetStrict(bool IsStrict) : TableChange;
