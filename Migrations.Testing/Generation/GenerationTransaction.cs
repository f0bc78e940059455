using SQLitePCL;

namespace Migrations.Testing.Generation;

/// <summary>A transaction, or a savepoint within the one that the caller has open, which is taken back unless it is committed.</summary>
internal sealed class GenerationTransaction : IDisposable
{
    private readonly sqlite3 handle;
    private readonly bool isOwn;
    private bool isBegun;
    private bool isCommitted;

    public GenerationTransaction(sqlite3 handle)
    {
        this.handle = handle;
        isOwn = raw.sqlite3_get_autocommit(handle) != 0;
        Statement.Execute(handle, isOwn ? "BEGIN IMMEDIATE" : "SAVEPOINT generated_rows");
    }

    /// <summary>Begins anew: what was written is taken back.</summary>
    public void Begin()
    {
        Statement.Execute(handle, isBegun ? "ROLLBACK TO generated_rows_attempt" : "SAVEPOINT generated_rows_attempt");
        isBegun = true;
    }

    /// <summary>Whether it is open still: a trigger with RAISE(ROLLBACK) ends it.</summary>
    public bool IsOpen => raw.sqlite3_get_autocommit(handle) == 0;

    public void Commit()
    {
        Statement.Execute(handle, isOwn ? "COMMIT" : "RELEASE generated_rows");
        isCommitted = true;
    }

    public void Dispose()
    {
        // SQLite itself may have ended the transaction, with an error that is on its way to the caller.
        if (isCommitted || raw.sqlite3_get_autocommit(handle) != 0)
        {
            return;
        }

        if (!isOwn)
        {
            Statement.Execute(handle, "ROLLBACK TO generated_rows");
        }

        Statement.Execute(handle, isOwn ? "ROLLBACK" : "RELEASE generated_rows");
    }
}
