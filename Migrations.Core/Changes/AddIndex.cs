namespace Migrations.Core.Changes;

/// <summary>Creates an index of the table; the text is a whole CREATE INDEX statement.</summary>
internal sealed record AddIndex(string Sql) : TableChange;
