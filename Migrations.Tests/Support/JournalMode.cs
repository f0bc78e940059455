namespace Migrations.Tests.Support;

/// <summary>Journal modes of a database file (pragma.html#pragma_journal_mode).</summary>
public enum JournalMode
{
    Wal,
    Delete,
}
