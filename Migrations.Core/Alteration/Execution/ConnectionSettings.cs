using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;
using SQLitePCL;

namespace Migrations.Core.Alteration.Execution;

/// <summary>
/// The settings of a connection that an alteration changes for its duration. They are read at the start, and what was
/// read is what they are set back to, whatever happens in between.
/// </summary>
internal sealed class ConnectionSettings
{
    private readonly AlterationSession session;
    private readonly bool foreignKeys;
    private readonly bool legacyAlterTable;
    private readonly bool doubleQuotedDml;
    private readonly bool doubleQuotedDdl;
    private readonly bool triggers;
    private readonly bool writableSchema;

    private ConnectionSettings(AlterationSession session)
    {
        this.session = session;
        foreignKeys = Read("foreign_keys");
        legacyAlterTable = Read("legacy_alter_table");
        doubleQuotedDml = DatabaseConfiguration.DoubleQuotedStringsInDml.IsOn(Handle);
        doubleQuotedDdl = DatabaseConfiguration.DoubleQuotedStringsInDdl.IsOn(Handle);
        triggers = DatabaseConfiguration.EnableTrigger.IsOn(Handle);
        writableSchema = DatabaseConfiguration.WritableSchema.IsOn(Handle);
    }

    /// <summary>Whether SQLite enforces foreign keys now.</summary>
    public bool ForeignKeysAreEnforced { get; private set; }

    private sqlite3? Handle => session.Connection.Handle;

    public static ConnectionSettings Capture(AlterationSession session)
    {
        ConnectionSettings settings = new(session);
        settings.ForeignKeysAreEnforced = settings.foreignKeys;
        return settings;
    }

    /// <summary>Step 1 of lang_altertable.html, section 7. Inside a transaction SQLite ignores it in silence, so it is read back.</summary>
    public void SwitchForeignKeysOff()
    {
        if (!foreignKeys)
        {
            return;
        }

        session.Execute("PRAGMA foreign_keys=OFF");
        ForeignKeysAreEnforced = Read("foreign_keys");
        if (ForeignKeysAreEnforced)
        {
            throw new AlterationRefusedException(
                session.Table.Name, $"Foreign keys could not be switched off, so table {session.Table} can't be copied safely. "
                + "SQLite refuses that inside a transaction: end it first.");
        }
    }

    /// <summary>
    /// Text that was stored when "x" could still be a string must compile again (quirks.html, section 8). New text was
    /// compiled before this.
    /// </summary>
    public void AllowDoubleQuotedStrings() => SetDoubleQuotedStrings(true, true);

    /// <summary>What the author writes now is held to the stricter rule: a misspelt column must not become a string (quirks.html, section 8).</summary>
    public void RefuseDoubleQuotedStrings() => SetDoubleQuotedStrings(false, false);

    public void RestoreDoubleQuotedStrings() => SetDoubleQuotedStrings(doubleQuotedDml, doubleQuotedDdl);

    /// <summary>Triggers of the TEMP database fire all the same (c3ref/c_dbconfig_defensive.html).</summary>
    public void SwitchTriggersOff() => DatabaseConfiguration.EnableTrigger.Set(Handle, false);

    public void RestoreTriggers() => DatabaseConfiguration.EnableTrigger.Set(Handle, triggers);

    /// <summary>Lets the rows of sqlite_schema be written (pragma.html, writable_schema).</summary>
    public void AllowSchemaWrites() => DatabaseConfiguration.WritableSchema.Set(Handle, true);

    public void RefuseSchemaWrites() => DatabaseConfiguration.WritableSchema.Set(Handle, false);

    /// <summary>
    /// Whether the rows of a database's sqlite_schema, and the version of its schema, can be written: not in defensive mode, and not where an
    /// authorizer says no.
    /// </summary>
    public bool CanEditSchema(SqlIdentifier database) => SchemaWrites.ArePossible(session.Connection, database);

    /// <summary>Sets everything back. Foreign keys can only be switched outside a transaction, where alone they were switched.</summary>
    /// <exception cref="AlterationFailedException">A setting could not be set back; the message says whether the alteration stands.</exception>
    public void Restore(bool isDone)
    {
        try
        {
            RestoreDoubleQuotedStrings();
            RestoreTriggers();
            DatabaseConfiguration.WritableSchema.Set(Handle, writableSchema);
            SetBack("legacy_alter_table", legacyAlterTable);
            if (foreignKeys && !ForeignKeysAreEnforced)
            {
                SetBack("foreign_keys", isOn: true);
            }
        }
        catch (AlterationFailedException e) when (isDone)
        {
            throw new AlterationFailedException(
                e.Table,
                e.Statement,
                $"Table {session.Table} was altered, but a setting of the connection could not be set back: {e.InnerException?.Message} "
                + $"({e.Statement}). Close this connection.",
                e.InnerException ?? e);
        }
    }

    // Some settings are ignored in silence where SQLite can't change them, so they are read back.
    private void SetBack(string pragma, bool isOn)
    {
        if (Read(pragma) == isOn)
        {
            return;
        }

        string sql = $"PRAGMA {pragma}={(isOn ? "ON" : "OFF")}";
        session.Execute(sql);
        if (Read(pragma) != isOn)
        {
            throw session.Failed(sql, new InvalidOperationException("SQLite ignored it"));
        }
    }

    // Where SQLite itself has rolled back a transaction of the caller's, commands of Microsoft.Data.Sqlite refuse to run until it is disposed.
    private bool Read(string pragma)
    {
        string sql = $"PRAGMA {pragma}";
        sqlite3 handle = Handle ?? throw session.Failed(sql, new InvalidOperationException("the connection is closed"));
        int result = raw.sqlite3_prepare_v2(handle, sql, out sqlite3_stmt statement);
        using (statement)
        {
            return result == raw.SQLITE_OK && (result = raw.sqlite3_step(statement)) == raw.SQLITE_ROW
                ? raw.sqlite3_column_int(statement, 0) != 0
                : throw session.Failed(sql, new SqliteException(raw.sqlite3_errmsg(handle).utf8_to_string(), result));
        }
    }

    private void SetDoubleQuotedStrings(bool dml, bool ddl)
    {
        DatabaseConfiguration.DoubleQuotedStringsInDml.Set(Handle, dml);
        DatabaseConfiguration.DoubleQuotedStringsInDdl.Set(Handle, ddl);
    }
}
