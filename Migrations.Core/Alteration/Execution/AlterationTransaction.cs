namespace Migrations.Core.Alteration.Execution;

/// <summary>
/// The bounds of an alteration: a transaction of its own, begun IMMEDIATE so that it can't fail half-way for want of the
/// write lock (lang_transaction.html), or a savepoint in the caller's.
/// </summary>
internal sealed class AlterationTransaction(AlterationSession session, bool isOwn)
{
    private const string Savepoint = "migrations_alteration";

    public T Run<T>(Func<T> work)
    {
        session.Execute(isOwn ? "BEGIN IMMEDIATE" : $"SAVEPOINT {Savepoint}");
        bool completed = false;
        return FirstError.Of(
            () =>
            {
                T result = work();
                session.Execute(isOwn ? "COMMIT" : $"RELEASE {Savepoint}");
                completed = true;
                session.Watch.Finish();
                return result;
            },
            () =>
            {
                session.Watch.Finish();

                // SQLite may have rolled back by itself; a COMMIT that failed leaves the transaction open.
                if (!completed && session.IsInTransaction)
                {
                    session.Execute(isOwn ? "ROLLBACK" : $"ROLLBACK TO {Savepoint}");
                    if (!isOwn)
                    {
                        session.Execute($"RELEASE {Savepoint}");
                    }
                }
            });
    }
}
