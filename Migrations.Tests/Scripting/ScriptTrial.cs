using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Migrations.Core.Schema.Comparison;
using Migrations.Core.Syntax;
using Migrations.Runner;
using Migrations.Runner.Files;
using Migrations.Runner.Scripting;
using Migrations.Runner.Upgrade;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Scripting;

/// <summary>A database twice: one that the library migrates, and one that a script does.</summary>
internal sealed class ScriptTrial(Assembly migrations, Action<DatabaseMigratorOptions>? configure = null) : IDisposable
{
    private readonly DatabaseFolder folder = new();

    public ScriptTrial(params EmittedStep[] steps)
        : this(EmittedAssembly.Of(steps))
    {
    }

    private string ByLibrary => folder.Path;

    public string ByScript => Path.Combine(folder.Folder, "script.db");

    /// <summary>Brings both databases to a version, and puts rows in.</summary>
    public async Task<ScriptTrial> AtAsync(long version, string? sql = null)
    {
        if (version > 0)
        {
            await MigrateAsync(version);
        }

        if (sql is not null)
        {
            folder.Execute(sql);
        }

        using (SqliteConnection connection = folder.Open())
        {
            connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        File.Copy(ByLibrary, ByScript, overwrite: true);
        return this;
    }

    public async Task MigrateAsync(long version)
    {
        await using DatabaseMigrator migrator = folder.Migrator(migrations, configure);
        await migrator.MigrateToAsync(version);
    }

    public UpgradeScript Make(long from, long to) => Run().Run(from, to);

    /// <summary>Makes a script for the very database.</summary>
    public UpgradeScript MakeForDatabase(long? to = null)
    {
        MigratorSettings settings = Settings();
        return Run().Run(new DatabaseFile(settings.ConnectionString, settings.BusyTimeout, settings.ConnectionOpened).At(ByScript), to);
    }

    /// <summary>Runs a script on its database, which must go well.</summary>
    public void Execute(UpgradeScript script, ShellInput input = ShellInput.Standard)
    {
        ShellOutcome outcome = SqliteShell.Run(ByScript, script.Sql, input);
        Assert.That(outcome.Error, Is.Empty);
        Assert.That(outcome.ExitCode, Is.Zero, outcome.Output);
    }

    /// <summary>Runs a script on its database, which must fail and leave it as it is.</summary>
    public ShellOutcome Fail(UpgradeScript script, ShellInput input = ShellInput.Standard)
    {
        DatabaseSnapshot before = Snapshot();
        ShellOutcome outcome = SqliteShell.Run(ByScript, script.Sql, input);
        Assert.That(outcome.Error, Is.Not.Empty);
        Snapshot().AssertSameAs(before);
        return outcome;
    }

    public DatabaseSnapshot Snapshot()
    {
        using SqliteConnection connection = Open(ByScript);
        return DatabaseSnapshot.Of(connection);
    }

    public void Change(string sql)
    {
        using SqliteConnection connection = Open(ByScript);
        connection.Execute(sql);
    }

    /// <summary>Compares the two databases: what the schema means, its objects and their order, all rows, rowids, sequences and pragmas.</summary>
    public void AssertSame()
    {
        using SqliteConnection library = Open(ByLibrary);
        using SqliteConnection script = Open(ByScript);
        Assert.That(SchemaComparison.Compare(library, script, _ => false), Is.Empty);
        Comparable(script).AssertSameAs(Comparable(library));
        Assert.That(script.Scalar<string>("PRAGMA integrity_check"), Is.EqualTo("ok"));
    }

    public void Dispose() => folder.Dispose();

    // Ways of altering a table differ in white space and quotes; applied is applied whenever it was.
    private static DatabaseSnapshot Comparable(SqliteConnection connection)
    {
        DatabaseSnapshot snapshot = DatabaseSnapshot.Of(connection).WithSchema(row => row with { Sql = row.Sql is null ? null : Squeezed(row.Sql) });
        snapshot = snapshot.Tables.ContainsKey("VersionInfo") ? snapshot.ExceptColumns("VersionInfo", "AppliedOn") : snapshot;
        return snapshot.Tables.ContainsKey("__VersionHistory") ? snapshot.ExceptColumns("__VersionHistory", "RecordedOn") : snapshot;
    }

    private static string Squeezed(string sql) =>
        string.Concat(SqlLexer.Tokenize(sql).Where(token => token.Kind is not SqlTokenKind.Whitespace)
            .Select(token => token.Kind is SqlTokenKind.QuotedName ? $" {SqlTokens.Name(sql, token).Name} " : $" {token.Span.TextIn(sql)} "));

    private static SqliteConnection Open(string path)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private ScriptRun Run() => new(Settings(), NullLoggerFactory.Instance, CancellationToken.None);

    private MigratorSettings Settings()
    {
        DatabaseMigratorOptions options = new() { ConnectionString = folder.ConnectionString };
        options.Assemblies.Add(migrations);
        configure?.Invoke(options);
        return MigratorSettings.Of(options);
    }
}
