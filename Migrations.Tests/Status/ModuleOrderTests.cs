using Migrations.Runner;
using Migrations.Runner.Status;
using NUnit.Framework;

namespace Migrations.Tests.Status;

public sealed class ModuleOrderTests
{
    [Test]
    public void Sort_noneWaits_isAsAddedAndTheApplicationLast() =>
        Assert.That(Sorted(Modules(("c", []), ("a", []), ("b", []))), Is.EqualTo(["c", "a", "b", ""]));

    [Test]
    public void Sort_someWait_movesThoseOnly() =>
        Assert.That(Sorted(Modules(("c", ["B"]), ("a", []), ("b", []), ("d", []))), Is.EqualTo(["a", "b", "c", "d", ""]));

    [Test]
    public void Sort_oneWaitsForTheApplication_comesAfterIt() =>
        Assert.That(Sorted(Modules(("a", [""]), ("b", []))), Is.EqualTo(["b", "", "a"]));

    [Test]
    public void Create_faultsOfModules_areAllInOneMessage()
    {
        DatabaseMigratorOptions options = Modules(("a b", []), ("x", ["nowhere"]), ("X", []), ("p", ["q"]), ("q", ["P"]), ("VersionInfo", []), ("self", ["self"]));
        options.Modules.Add("y", new StatedTypes(), new ModuleVersionTable("x"), []);
        options.ConnectionString = "Data Source=app.db";

        Assert.That(
            () => DatabaseMigrator.Create(options),
            Throws.ArgumentException.With.Message.EqualTo(string.Join(
                Environment.NewLine,
                "The module name \"a b\" must consist of letters, digits, '.', '_' and '-'.",
                "Module \"x\" comes after \"nowhere\", which is no module of this application.",
                "There are 2 modules with the name \"x\".",
                "The modules \"x\", \"y\" would share one history table, VersionInfo_x.",
                "The modules \"p\", \"q\", \"self\" wait for each other. (Parameter 'options')")));
    }

    [Test]
    public void Create_versionTableThatCannotBeMade_isAFault()
    {
        DatabaseMigratorOptions options = new() { ConnectionString = "Data Source=app.db" };
        options.Assemblies.Add(new StatedTypes(typeof(ModuleVersionTable)));

        Assert.That(
            () => DatabaseMigrator.Create(options),
            Throws.ArgumentException.With.Message.StartsWith(
                "The class Migrations.Runner.Status.ModuleVersionTable describes the version table and can't be made: give it a public constructor without parameters."));
    }

    private static IEnumerable<string> Sorted(DatabaseMigratorOptions options) => ModuleOrder.Sort(options).Select(module => module.Name);

    private static DatabaseMigratorOptions Modules(params (string Name, string[] After)[] modules)
    {
        DatabaseMigratorOptions options = new();
        options.Assemblies.Add(new StatedTypes());
        foreach ((string name, string[] after) in modules)
        {
            options.Modules.Add(name, new StatedTypes(), after);
        }

        return options;
    }
}
