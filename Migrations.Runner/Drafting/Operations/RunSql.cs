namespace Migrations.Runner.Drafting.Operations;

/// <summary>Runs a statement as it is: for what no verb can say.</summary>
internal sealed record RunSql(string Sql) : DraftOperation;
