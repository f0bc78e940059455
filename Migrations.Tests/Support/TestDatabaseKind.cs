namespace Migrations.Tests.Support;

/// <summary>Where a test's database lives; as <c>[Values] TestDatabaseKind kind</c> or <c>[TestFixtureSource(typeof(TestDatabase), nameof(TestDatabase.Kinds))]</c> a test runs on all.</summary>
public enum TestDatabaseKind
{
    InMemory,
    WalFile,
    RollbackJournalFile,
}
