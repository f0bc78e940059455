using Microsoft.Data.Sqlite;
using Migrations.Tests.Support;

namespace Migrations.Tests.Preservation;

/// <summary>A copy of the preservation fixture, of one test's own.</summary>
internal sealed class PreservationDatabase : IDisposable
{
    private const string AttachedName = "other data";

    private static readonly Lazy<SqliteConnection> Template = new(CreateTemplate);

    private static readonly Lazy<Behaviour> LazyBehaviour = new(BehaviourOfTemplate);

    private static readonly Lock Gate = new();

    private readonly TestDatabase database;

    private PreservationDatabase(TestDatabase database, string name) => (this.database, Name) = (database, name);

    /// <summary>How the fixture behaves before anything is done to it.</summary>
    public static Behaviour BehaviourBefore => LazyBehaviour.Value;

    public SqliteConnection Connection => database.Connection;

    /// <summary>The fixture's name on the connection: main, or that of an attached database.</summary>
    public string Name { get; }

    /// <summary>The file of the database main, null where there is none.</summary>
    public string? Path => database.Path;

    public static PreservationDatabase Open(PreservationPlace place)
    {
        TestDatabase files = TestDatabase.Open(place switch
        {
            PreservationPlace.WalFile or PreservationPlace.AttachedFile => TestDatabaseKind.WalFile,
            PreservationPlace.RollbackJournalFile => TestDatabaseKind.RollbackJournalFile,
            _ => TestDatabaseKind.InMemory,
        });
        files.Execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = OFF");
        PreservationDatabase copy = new(files, place is PreservationPlace.AttachedFile ? AttachedName : "main");
        if (place is PreservationPlace.AttachedFile)
        {
            files.Attach(AttachedName);
        }

        lock (Gate)
        {
            // Where the fixture is attached, main holds tables of the same names: a statement that forgot to say which
            // database it means would hit them.
            Template.Value.BackupDatabase(files.Connection, "main", "main");
            if (place is PreservationPlace.AttachedFile)
            {
                Template.Value.BackupDatabase(files.Connection, AttachedName, "main");
            }
        }

        return copy;
    }

    public DatabaseSnapshot Snapshot() => DatabaseSnapshot.Of(Connection, Name);

    /// <summary>How the database behaves for a connection that has it as main.</summary>
    public Behaviour Behaviour(params IReadOnlyCollection<string> except)
    {
        if (Name is "main")
        {
            return Preservation.Behaviour.Of(Connection, except);
        }

        string file = (string)database.Rows("PRAGMA database_list").Single(row => row[1] is AttachedName)[2]!;
        using SqliteConnection another = new(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, ForeignKeys = TestDatabase.EnforcesForeignKeys }.ToString());
        another.Open();
        return Preservation.Behaviour.Of(another, except);
    }

    public void Dispose() => database.Dispose();

    private static SqliteConnection CreateTemplate()
    {
        SqliteConnection connection = new("Data Source=:memory:");
        connection.Open();
        connection.Execute("PRAGMA foreign_keys = ON");
        connection.Execute(FixtureTables.People);
        connection.Execute(FixtureTables.Shapes);
        connection.Execute(FixtureObjects.Around);
        connection.Execute(FixtureObjects.Rows);
        return connection;
    }

    private static Behaviour BehaviourOfTemplate()
    {
        lock (Gate)
        {
            return Preservation.Behaviour.Of(Template.Value);
        }
    }
}
