namespace Migrations.Tests.Preservation;

/// <summary>Where a copy of the preservation fixture lives.</summary>
public enum PreservationPlace
{
    InMemory,
    WalFile,
    RollbackJournalFile,
    AttachedFile,
}
