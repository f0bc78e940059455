using Microsoft.Data.Sqlite;
using Migrations.Runner.Connections;
using SQLitePCL;

namespace Migrations.Runner.Rehearsal;

/// <summary>
/// Keeps what runs on a copy away from all other files: a migration that attaches one, or writes one by VACUUM INTO, would change it, and a
/// rehearsal changes nothing.
/// </summary>
internal static class OutsideFiles
{
    // sqlite3.h: action code, and the answer that makes a statement fail.
    private const int AttachAction = 24;
    private const int Deny = 1;

    /// <summary>A hook for connections to the copy, which runs the application's own one first.</summary>
    public static Action<SqliteConnection> Forbid(Action<SqliteConnection>? opened) => connection =>
    {
        opened?.Invoke(connection);
        if (AttachedDatabases.Read(connection).FirstOrDefault(name => name != "main") is { Name.Length: > 0 } attached)
        {
            throw new MigrationRefusedException(
                $"ConnectionOpened attaches a database as {attached}, which a rehearsal would change. Leave it out there. Nothing was changed.");
        }

        strdelegate_authorizer authorize = (_, action, file, _, _, _) => action == AttachAction && !IsTemporary(file) ? Deny : raw.SQLITE_OK;
        raw.sqlite3_set_authorizer(connection.Handle, authorize, null);
    };

    /// <summary>Whether an error is that of a statement that was kept from another file.</summary>
    public static bool Explains(Exception error)
    {
        for (Exception? found = error; found is not null; found = found.InnerException)
        {
            if (found is SqliteException { SqliteErrorCode: raw.SQLITE_AUTH })
            {
                return true;
            }
        }

        return false;
    }

    // VACUUM attaches a nameless file of its own (lang_vacuum.html). An expression has no name here.
    private static bool IsTemporary(string? file) => file is "" or ":memory:";
}
