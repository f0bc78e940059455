using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Migrations.Core.Authoring;
using Migrations.Runner;
using Migrations.Testing.Checks;

namespace Migrations.Testing;

/// <summary>
/// Checks of an application's migrations to put into its own test suite, one method and so one line for each. A check that fails throws a
/// <see cref="MigrationCheckException"/> that shows everything it found, whatever the test framework. Works on databases of its own, and
/// leaves nothing behind. Immutable: one instance serves all tests, also at the same time.
/// </summary>
/// <example>
/// <code>
/// private static readonly MigrationChecks Checks = MigrationChecks.For(typeof(InitialSchema).Assembly);
///
/// [Test] public void Downs() =&gt; Checks.EveryDownGivesBackTheSchema();
/// </code>
/// </example>
public sealed partial class MigrationChecks
{
    private readonly MigratedDatabaseOptions options;
    private readonly GeneratedRows rows;
    private readonly Lazy<CheckedHistory> history;

    private MigrationChecks(MigratedDatabaseOptions options, GeneratedRows rows, Lazy<CheckedHistory> history)
    {
        this.options = options;
        this.rows = rows;
        this.history = history;
    }

    private Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Checks of the migrations of an application.</summary>
    /// <param name="assemblies">The assemblies with the migrations.</param>
    public static MigrationChecks For(params IEnumerable<Assembly> assemblies) => For(new MigratedDatabaseOptions { Assemblies = [.. assemblies] });

    /// <inheritdoc cref="For(IEnumerable{Assembly})"/>
    /// <param name="options">Which migrations, and where databases are kept meanwhile.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public static MigrationChecks For(MigratedDatabaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(options, new GeneratedRows(), new(() => new CheckedHistory(options), LazyThreadSafetyMode.PublicationOnly));
    }

    /// <summary>The same checks on other rows: more of them, by another seed, or with values that can't be guessed from the schema.</summary>
    /// <param name="rows">The rows that fill a database. Tables and columns that it names need not be there at every version.</param>
    /// <exception cref="ArgumentNullException"><paramref name="rows"/> is null.</exception>
    public MigrationChecks On(GeneratedRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new(options, rows, history) { Variable = Variable };
    }

    /// <summary>
    /// Every migration's <c>Down</c>, run right after its <c>Up</c> on a database without rows, leaves a schema that means the same as
    /// before. White space, quotes, the case of names, and the tables that keep the history of migrations don't count.
    /// </summary>
    /// <param name="except">The versions of migrations that can't be taken back. One whose Down does give back the schema is an error, too.</param>
    /// <exception cref="MigrationCheckException">A Down is missing, fails, or leaves another schema.</exception>
    /// <exception cref="MigrationRefusedException">The migrations can't be run, as where two have one version.</exception>
    public void EveryDownGivesBackTheSchema(params IEnumerable<long> except) => Downs([.. except]).ThrowIfFailed();

    /// <summary>
    /// Every migration's <c>Up</c>, and then its <c>Down</c>, works on a database that is filled with generated rows. Besides that it
    /// succeeds: the database stays whole (<c>PRAGMA integrity_check</c>), no row refers to one that isn't there, views and triggers
    /// compile, and no table loses rows, unless <see cref="LosesDataAttribute"/> says so.
    /// </summary>
    /// <param name="exceptDowns">The versions of migrations whose Down can't take the rows that their Up leaves. One that can is an error, too.
    /// A migration that has no Down at all needs no exception here.</param>
    /// <exception cref="MigrationCheckException">A step fails on rows, or does not keep them.</exception>
    /// <exception cref="MigrationRefusedException">The migrations can't be run.</exception>
    public void EveryStepWorksOnRows(params IEnumerable<long> exceptDowns) => Steps([.. exceptDowns]).ThrowIfFailed();

    /// <summary>
    /// No migration's <c>Up</c> loses data without <see cref="LosesDataAttribute"/>, and none has the attribute for nothing. Found by
    /// comparing generated rows before and after: a column or table with values is dropped, rows are gone, values become NULL, or
    /// values that differed become the same, as by rounding. What was renamed or moved, by raw SQL too, is recognised by its values.
    /// Virtual tables are not looked at.
    /// </summary>
    /// <remarks>
    /// A migration that loses nothing in these rows may still lose something in others: <see cref="On"/> gives the rows in which it would be
    /// seen. Whether one with the attribute loses nothing is tried with more rows and other seeds before it is reported.
    /// </remarks>
    /// <exception cref="MigrationCheckException">A migration loses data and does not say so, or says so and loses none.</exception>
    /// <exception cref="MigrationRefusedException">The migrations can't be run.</exception>
    public void LossesAreDeclared() => Losses().ThrowIfFailed();

    /// <summary>
    /// Databases with rows, upgraded to the newest version, have a schema that means the same as that of a database made anew: one that is
    /// filled with generated rows at the first version and upgraded at once, and one that is upgraded step by step and gets rows in all
    /// tables at every version.
    /// </summary>
    /// <exception cref="MigrationCheckException">The schemas differ, or an upgrade fails.</exception>
    /// <exception cref="MigrationRefusedException">The migrations can't be run.</exception>
    public void FreshAndUpgradedMeanTheSame() => UpgradeCheck(null).ThrowIfFailed();

    /// <summary>The same for an application that makes new databases by a script of its own instead of by its migrations.</summary>
    /// <param name="script">The SQL that makes a new database.</param>
    /// <exception cref="ArgumentNullException"><paramref name="script"/> is null.</exception>
    /// <exception cref="SqliteException">The script fails.</exception>
    /// <inheritdoc cref="FreshAndUpgradedMeanTheSame()" path="/exception"/>
    public void FreshAndUpgradedMeanTheSame(string script)
    {
        ArgumentNullException.ThrowIfNull(script);
        FreshAndUpgradedMeanTheSame(connection =>
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = script;
            command.ExecuteNonQuery();
        });
    }

    /// <summary>The same for an application that makes new databases in another way than by its migrations.</summary>
    /// <param name="fresh">Makes a new database on the connection to an empty one.</param>
    /// <exception cref="ArgumentNullException"><paramref name="fresh"/> is null.</exception>
    /// <inheritdoc cref="FreshAndUpgradedMeanTheSame()" path="/exception"/>
    public void FreshAndUpgradedMeanTheSame(Action<SqliteConnection> fresh)
    {
        ArgumentNullException.ThrowIfNull(fresh);
        UpgradeCheck(fresh).ThrowIfFailed();
    }

    /// <summary>
    /// The committed file is what the newest schema is, as a script that makes it: tables by name with their indexes and triggers, then
    /// views; at its head a comment with all migrations. A difference in line ends is none. Where the environment variable
    /// <c>MIGRATIONS_WRITE_SCHEMA</c> is 1 and <c>CI</c> is not set, the file is written instead, as by <see cref="WriteSchemaFile"/>.
    /// </summary>
    /// <param name="path">The file, relative to the folder of the source file that calls this; or a full path.</param>
    /// <param name="sourceFile">Filled in by the compiler.</param>
    /// <exception cref="MigrationCheckException">The file is missing or not current; the message has the difference.</exception>
    /// <exception cref="FileNotFoundException">The path is relative, and the calling source file is neither where it was compiled nor above
    /// the folder of the tests.</exception>
    /// <exception cref="MigrationRefusedException">The migrations can't be run.</exception>
    public void SchemaFileIsCurrent(string path, [CallerFilePath] string sourceFile = "") => SchemaFile(path, sourceFile).ThrowIfFailed();

    /// <summary>
    /// Writes the file of <see cref="SchemaFileIsCurrent"/>, unless that would forget or reorder migrations that are recorded in it.
    /// </summary>
    /// <exception cref="MigrationCheckException">The record at the head of the file contradicts the migrations; nothing was written.</exception>
    /// <inheritdoc cref="SchemaFileIsCurrent" path="/param"/>
    public void WriteSchemaFile(string path, [CallerFilePath] string sourceFile = "") =>
        new SchemaFileCheck(history.Value, Resolve(path, sourceFile), nameof(WriteSchemaFile)).Write().ThrowIfFailed();

    /// <summary>
    /// No two migrations have the same version, and no version that is written as a time (<c>yyyyMMddHHmm</c>, with or without
    /// <c>ss</c>) is still to come, or none at all. Runs no migration.
    /// </summary>
    /// <param name="clock">What time it is; the system's clock by default.</param>
    /// <exception cref="MigrationCheckException">Some versions are wrong.</exception>
    public void VersionsAreInOrder(TimeProvider? clock = null) => new VersionCheck(options).Run(clock ?? TimeProvider.System).ThrowIfFailed();

    /// <summary>
    /// Migrations agree with the record at the head of the committed file of <see cref="SchemaFileIsCurrent"/>: none that is recorded has
    /// vanished or has another name, and none that is not recorded is older than the newest that is. Runs no migration. A file with the
    /// marks of an unresolved merge is an error.
    /// </summary>
    /// <exception cref="MigrationCheckException">The migrations contradict the record, or two have one version, or there is no file.</exception>
    /// <inheritdoc cref="SchemaFileIsCurrent" path="/param"/>
    public void VersionsAreInOrder(string path, [CallerFilePath] string sourceFile = "") => Versions(path, sourceFile).ThrowIfFailed();

    /// <summary>
    /// All checks, with everything that any of them found in one message: what every Down gives back, every step on rows, fresh and
    /// upgraded databases, the committed file, versions, and losses.
    /// </summary>
    /// <exception cref="MigrationCheckException">A check failed.</exception>
    /// <exception cref="MigrationRefusedException">The migrations can't be run.</exception>
    /// <inheritdoc cref="SchemaFileIsCurrent" path="/param"/>
    public void All(string path, [CallerFilePath] string sourceFile = "")
    {
        CheckOutcome versions = Versions(path, sourceFile);
        CheckOutcome[] outcomes = VersionCheck.HasDuplicates(options)
            ? [versions]
            : [Downs([]), Steps([]), UpgradeCheck(null), SchemaFile(path, sourceFile), versions, Losses()];
        ImmutableArray<CheckOutcome> failed = [.. outcomes.Where(outcome => !outcome.Failures.IsEmpty)];
        if (!failed.IsEmpty)
        {
            throw new MigrationCheckException(failed);
        }
    }

    private CheckOutcome Downs(ImmutableArray<long> except) => new DownCheck(history.Value, except).Run();

    private CheckOutcome Steps(ImmutableArray<long> exceptDowns) => new StepCheck(history.Value, rows, exceptDowns).Run();

    private CheckOutcome Losses() => new LossCheck(history.Value, rows).Run();

    /// <summary>The same checks with other environment variables.</summary>
    internal MigrationChecks With(Func<string, string?> variable) => new(options, rows, history) { Variable = variable };

    private static string Resolve(string path, string sourceFile)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return SourcePath.Resolve(path, sourceFile, AppContext.BaseDirectory);
    }

    private CheckOutcome SchemaFile(string path, string sourceFile) =>
        new SchemaFileCheck(history.Value, Resolve(path, sourceFile), nameof(SchemaFileIsCurrent)).Run(SchemaFileCheck.MayWrite(Variable));

    private CheckOutcome Versions(string path, string sourceFile) => new VersionCheck(options).Run(Resolve(path, sourceFile));

    private CheckOutcome UpgradeCheck(Action<SqliteConnection>? fresh) => new UpgradeCheck(history.Value, rows, fresh).Run();
}
