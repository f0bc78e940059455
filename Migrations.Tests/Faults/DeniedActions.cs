using Migrations.Core;
using Migrations.Tests.Support;
using SQLitePCL;

namespace Migrations.Tests.Faults;

/// <summary>
/// Denies one thing that an alteration wants to write, another one each time, until there is none left. They are told apart by what they
/// are and not only by their number, which depends on what a connection has been asked before, and on the version of SQLite.
/// </summary>
internal sealed class DeniedActions(FaultDatabase fault, bool inTransaction)
{
    private const int SqliteRecursive = 33;

    private static readonly int[] NotDenied = [raw.SQLITE_READ, raw.SQLITE_SELECT, raw.SQLITE_FUNCTION, SqliteRecursive];

    private readonly HashSet<(int Action, string First)> denied = [];
    private (int Action, string First) wanted;
    private int occurrence;
    private int found;

    /// <summary>What was denied and stopped the alteration.</summary>
    public IReadOnlySet<(int Action, string First)> Denied => denied;

    /// <summary>All places at which to deny: of each action its first occurrence, its second, and so on, as long as there was one.</summary>
    public IEnumerable<int> Places
    {
        get
        {
            int place = 0;
            foreach ((int Action, string First) action in Undisturbed())
            {
                wanted = action;
                occurrence = 0;
                do
                {
                    occurrence++;
                    yield return ++place;
                }
                while (found >= occurrence);
            }
        }
    }

    /// <summary>Alters with the action at the place in hand denied; null where that did not stop it.</summary>
    public MigrationsException? Alter(TestDatabase database, int place)
    {
        found = 0;
        try
        {
            Watch(database, action => action == wanted && ++found == occurrence, () => fault.Alter(database));
            return null;
        }
        catch (MigrationsException exception)
        {
            denied.Add(wanted);
            return exception;
        }
    }

    private List<(int Action, string First)> Undisturbed()
    {
        using TestDatabase database = fault.Open(TestDatabaseKind.InMemory);
        database.Execute(inTransaction ? "PRAGMA foreign_keys = OFF; BEGIN" : "SELECT 1");
        List<(int Action, string First)> actions = [];
        Watch(
            database,
            action =>
            {
                if (!actions.Contains(action))
                {
                    actions.Add(action);
                }

                return false;
            },
            () => fault.AlterUndisturbed(database));
        return actions;
    }

    private static void Watch(TestDatabase database, Predicate<(int Action, string First)> isDenied, Action alter)
    {
        raw.sqlite3_set_authorizer(
            database.Connection.Handle,
            (object _, int action, string first, string second, string _, string _) =>
                IsWrite(action, first, second) && isDenied((action, first)) ? raw.SQLITE_DENY : raw.SQLITE_OK,
            null);
        try
        {
            alter();
        }
        finally
        {
            raw.sqlite3_set_authorizer(database.Connection.Handle, (strdelegate_authorizer?)null, null);
        }
    }

    // Other pragmas are left alone: an authorizer that denies the one that restores a setting would be the last word on it.
    private static bool IsWrite(int action, string first, string? second) =>
        action == raw.SQLITE_PRAGMA ? first is "schema_version" && second is not null : !NotDenied.Contains(action);
}
