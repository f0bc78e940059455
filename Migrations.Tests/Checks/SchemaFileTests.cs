using System.Reflection;
using Migrations.Testing;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Checks;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SchemaFileTests : IDisposable
{
    private const string WayOut =
        "If the schema is meant to be so, write the file and review its difference: run this test with the environment variable "
        + "MIGRATIONS_WRITE_SCHEMA=1, or call MigrationChecks.WriteSchemaFile.";

    private static readonly EmittedStep First = new(
        1, migration => migration.Execute.Sql("CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT)"), Description: "The first");

    private static readonly EmittedStep Second = EmittedStep.Sql(2, "ALTER TABLE t ADD COLUMN extra TEXT; CREATE INDEX i ON t(extra)");

    private readonly string folder = Directory.CreateTempSubdirectory("migrations-").FullName;

    private string Path => System.IO.Path.Combine(folder, "schema.sql");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Test]
    public void SchemaFile_thatWasWritten_isCurrent()
    {
        Assembly assembly = EmittedAssembly.Of(First, Second);

        MigrationChecks.For(assembly).WriteSchemaFile(Path);

        Assert.That(File.ReadAllText(Path), Is.EqualTo("""
            -- The schema that these migrations make. Written by a program: what is changed here by hand is lost.
            -- 1 The first
            -- 2 M2

            CREATE TABLE t(
                id INTEGER PRIMARY KEY,
                name TEXT,
                extra TEXT
            );

            CREATE INDEX i ON t(extra);

            """));
        Assert.That(() => MigrationChecks.For(assembly).SchemaFileIsCurrent(Path), Throws.Nothing);
        Assert.That(Directory.GetFiles(folder), Has.Length.EqualTo(1));
    }

    [Test]
    public void SchemaFile_withOtherLineEnds_isCurrentAndKeepsThem()
    {
        MigrationChecks.For(EmittedAssembly.Of(First)).WriteSchemaFile(Path);
        File.WriteAllText(Path, File.ReadAllText(Path).Replace("\n", "\r\n", StringComparison.Ordinal));

        Assert.That(() => MigrationChecks.For(EmittedAssembly.Of(First)).SchemaFileIsCurrent(Path), Throws.Nothing);
        MigrationChecks.For(EmittedAssembly.Of(First, Second)).WriteSchemaFile(Path);

        Assert.That(File.ReadAllText(Path).Replace("\r\n", "", StringComparison.Ordinal), Does.Contain("extra TEXT").And.Not.Contain("\n"));
    }

    [Test]
    public void SchemaFile_ofAnOlderVersion_showsTheDifference()
    {
        MigrationChecks.For(EmittedAssembly.Of(First)).WriteSchemaFile(Path);
        Assembly assembly = EmittedAssembly.Of(First, Second);

        Assert.That(CheckText.Of(assembly, () => MigrationChecks.For(assembly).SchemaFileIsCurrent(Path)), Is.EqualTo($"""
            SchemaFileIsCurrent failed.

            "{Path}" is not what the migrations make (- the file, + the migrations).
                  -- The schema that these migrations make. Written by a program: what is changed here by hand is lost.
                  -- 1 The first
                + -- 2 M2

                  CREATE TABLE t(
                      id INTEGER PRIMARY KEY,
                -     name TEXT
                +     name TEXT,
                +     extra TEXT
                  );
                +
                + CREATE INDEX i ON t(extra);

            {WayOut}
            """));
    }

    [Test]
    public void SchemaFile_thatIsNotThere_isNamed()
    {
        Assembly assembly = EmittedAssembly.Of(First);

        Assert.That(CheckText.Of(assembly, () => MigrationChecks.For(assembly).SchemaFileIsCurrent(Path)), Is.EqualTo($"""
            SchemaFileIsCurrent failed.

            "{Path}" is not there.

            {WayOut}
            """));
    }

    [TestCase("1", null, true)]
    [TestCase("1", "", true)]
    [TestCase("1", "true", false)]
    [TestCase("0", null, false)]
    [TestCase(null, null, false)]
    public void SchemaFile_isWrittenByTheCheck_whereTheVariableAsksForItOutsideOfIntegration(string? write, string? integration, bool isWritten)
    {
        MigrationChecks checks = MigrationChecks.For(EmittedAssembly.Of(First)).With(name => name switch
        {
            "MIGRATIONS_WRITE_SCHEMA" => write,
            "CI" => integration,
            _ => null,
        });

        Assert.That(() => checks.SchemaFileIsCurrent(Path), isWritten ? Throws.Nothing : Throws.TypeOf<MigrationCheckException>());
        Assert.That(File.Exists(Path), Is.EqualTo(isWritten));
    }

    [Test]
    public void SchemaFile_whoseRecordWouldBeViolated_isNotWritten()
    {
        MigrationChecks.For(EmittedAssembly.Of(First, Second)).WriteSchemaFile(Path);
        string before = File.ReadAllText(Path);
        Assembly assembly = EmittedAssembly.Of(First);

        Assert.That(CheckText.Of(assembly, () => MigrationChecks.For(assembly).WriteSchemaFile(Path)), Is.EqualTo($"""
            WriteSchemaFile failed.

            Migration 2: "{Path}" has it as "M2", and there is no such migration any more. Databases that have applied it would not be known.

            "{Path}" was not written: it would no longer tell of this. What was released stays as it is: change new migrations, not released ones. What never left this computer may be corrected by hand at the head of the file.
            """));
        Assert.That(File.ReadAllText(Path), Is.EqualTo(before));
    }

    [Test]
    public void Schema_ofADatabase_isTheScriptWithoutItsHead()
    {
        using MigratedDatabase database = MigratedDatabase.At(1, EmittedAssembly.Of(First, Second));

        Assert.That(database.Schema, Is.EqualTo("CREATE TABLE t(\n    id INTEGER PRIMARY KEY,\n    name TEXT\n);\n"));
    }
}
