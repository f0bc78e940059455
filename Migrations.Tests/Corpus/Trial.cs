using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Tests.Support;

namespace Migrations.Tests.Corpus;

/// <summary>
/// A table of a database on which changes are tried, by the engine and by SQLite itself, and taken back. Foreign keys are
/// switched off on the connection, so that the engine works inside the transaction that is rolled back.
/// </summary>
internal sealed class Trial
{
    private readonly TestDatabase database;
    private readonly bool allowsDoubleQuotedStrings;
    private readonly IReadOnlyDictionary<string, string> errorsBefore;
    private readonly string violationsBefore;

    public Trial(TestDatabase database, string table, DatabaseContent before, bool allowsDoubleQuotedStrings)
    {
        this.allowsDoubleQuotedStrings = allowsDoubleQuotedStrings;
        this.database = database;
        Table = table;
        Before = before;
        errorsBefore = CompileErrors.Of(Connection);
        violationsBefore = Violations();
        Meaning = TableMeaning.Of(Connection, table);
    }

    public SqliteConnection Connection => database.Connection;

    public string Table { get; }

    public string Quoted => TestDatabase.Quote(Table);

    /// <summary>The database as it is before each change.</summary>
    public DatabaseContent Before { get; }

    /// <summary>The table as it is before each change.</summary>
    public TableMeaning Meaning { get; }

    /// <summary>
    /// The columns, all or the first of those that are alike: same definition, same part in keys and indexes,
    /// and mentioned as often in the texts of the schema.
    /// </summary>
    public IReadOnlyList<string> Columns(bool all)
    {
        string[] names = [.. Meaning.Columns.Select(line => line.Columns[0])];
        HashSet<string> kept = [.. names.GroupBy(Likeness, StringComparer.Ordinal).Select(alike => alike.First())];
        return all ? names : [.. names.Where(kept.Contains)];

        string Likeness(string name)
        {
            string line = Meaning.Columns.Single(column => column.Columns[0] == name).Text;
            int mentions = Before.Schema.Sum(row => Regex.Count(row.Sql ?? "", $"(?<!\\w){Regex.Escape(name)}(?!\\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromMinutes(1)));
            IEnumerable<string> uses = Meaning.ForeignKeys.Concat(Meaning.Indexes).Where(use => use.Columns.Contains(name, NameComparer.Instance)).Select(use => use.Text);
            return string.Create(CultureInfo.InvariantCulture, $"{line[(7 + name.Length)..]} {mentions} {string.Join(';', uses)}");
        }
    }

    /// <summary>Lets the engine make changes.</summary>
    public Outcome Alter(params TableChange[] changes) =>
        Try(() => TableAlterer.Alter(Connection, Table, changes, new AlterationOptions()));

    /// <summary>Lets SQLite run a statement.</summary>
    public Outcome Native(string sql) => Try(() => Connection.Execute(sql));

    /// <summary>The same, with text in double quotes allowed to be a string: SQLite renames nothing where such text does not compile.</summary>
    public Outcome NativeWithDoubleQuotedStrings(string sql) => Try(() =>
    {
        database.AllowDoubleQuotedStrings();
        try
        {
            Connection.Execute(sql);
        }
        finally
        {
            database.AllowDoubleQuotedStrings(allowsDoubleQuotedStrings);
        }
    });

    /// <summary>
    /// What would not compile if the table had all of its columns but one: asked of SQLite alone, with a table of that name that has nothing
    /// but names of columns, and the table's own triggers.
    /// </summary>
    public IReadOnlyDictionary<string, string> ErrorsWithout(string column)
    {
        string columns = string.Join(", ", Meaning.Columns.Select(line => line.Columns[0]).Where(name => !NameComparer.Instance.Equals(name, column)).Select(TestDatabase.Quote));
        Connection.Execute("BEGIN");
        try
        {
            Connection.Execute($"DROP TABLE main.{Quoted}; CREATE TABLE main.{Quoted} ({columns})");
            foreach (SchemaRow row in Before.Schema.Where(row => row.Type is "trigger" && NameComparer.Instance.Equals(row.TableName, Table)))
            {
                Connection.Execute(row.Sql!);
            }

            return CompileErrors.Of(Connection).Where(pair => !errorsBefore.ContainsKey(pair.Key)).ToDictionary(StringComparer.Ordinal);
        }
        finally
        {
            Connection.Execute("ROLLBACK");
        }
    }

    private Outcome Try(Action change)
    {
        Connection.Execute("BEGIN");
        try
        {
            change();
            return See(null);
        }
        catch (Exception e) when (e is SqliteException or MigrationsException)
        {
            return See(e);
        }
        finally
        {
            Connection.Execute("ROLLBACK");
        }
    }

    private Outcome See(Exception? error)
    {
        string damage = error is null ? string.Join("; ", Integrity.Damage(Connection, $"PRAGMA main.integrity_check({Quoted})")) : "";
        string violations = Violations();
        return new Outcome
        {
            Error = error,
            Content = DatabaseContent.Of(Connection),
            Meaning = error is null ? TableMeaning.Of(Connection, Table) : null,
            NewCompileErrors = error is null
                ? CompileErrors.Of(Connection).Where(pair => !errorsBefore.ContainsKey(pair.Key)).ToDictionary(StringComparer.Ordinal)
                : new Dictionary<string, string>(StringComparer.Ordinal),
            Damage = damage.Length == 0 ? null : damage,
            NewViolations = violations == violationsBefore ? null : violations,
        };
    }

    private string Violations()
    {
        try
        {
            return string.Join("; ", Connection.Rows("PRAGMA main.foreign_key_check").Select(row => $"{row[0]} {row[1]} {row[2]} {row[3]}").Order(StringComparer.Ordinal));
        }
        catch (SqliteException e)
        {
            return e.Message;
        }
    }
}
