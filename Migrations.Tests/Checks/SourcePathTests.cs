using Migrations.Testing.Checks;
using NUnit.Framework;

namespace Migrations.Tests.Checks;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SourcePathTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("migrations-").FullName;

    public SourcePathTests()
    {
        Directory.CreateDirectory(Path.Combine(root, "tests", "App.Tests"));
        Directory.CreateDirectory(Path.Combine(root, "artifacts", "bin"));
        File.WriteAllText(Source, "");
    }

    private string Source => Path.Combine(root, "tests", "App.Tests", "MigrationTests.cs");

    private string Bin => Path.Combine(root, "artifacts", "bin");

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Test]
    public void Resolve_besideTheSourceFile_isRelativeToItsFolder() =>
        Assert.That(SourcePath.Resolve("../schema.sql", Source, Bin), Is.EqualTo(Path.Combine(root, "tests", "schema.sql")));

    [TestCase("/_/tests/App.Tests/MigrationTests.cs")]
    [TestCase("/elsewhere/src/tests/App.Tests/MigrationTests.cs")]
    [TestCase(@"D:\agent\1\s\tests\App.Tests\MigrationTests.cs")]
    public void Resolve_whereTheCompilerSawAnotherPath_findsTheSourceFileAboveTheTests(string compiled) =>
        Assert.That(SourcePath.Resolve("schema.sql", compiled, Bin), Is.EqualTo(Path.Combine(root, "tests", "App.Tests", "schema.sql")));

    [Test]
    public void Resolve_aFullPath_leavesItAsItIs() =>
        Assert.That(SourcePath.Resolve(Path.Combine(root, "schema.sql"), "/_/nowhere.cs", Bin), Is.EqualTo(Path.Combine(root, "schema.sql")));

    [Test]
    public void Resolve_whereTheSourceFileIsNowhere_saysWhereItLooked() =>
        Assert.That(
            () => SourcePath.Resolve("schema.sql", "/_/nowhere/Missing.cs", Bin),
            Throws.TypeOf<FileNotFoundException>().With.Message.EqualTo(
                $"\"schema.sql\" is relative to the source file /_/nowhere/Missing.cs, which is neither there nor above {Bin}. Give a full path, or run the tests where their sources are."));
}
