using System.Reflection;
using Migrations.Cli.CommandLine;

namespace Migrations.Cli.Loading;

/// <summary>
/// The assemblies that the tool and the migrations have in common: a migration is one to the tool only if it derives from the very
/// class that the tool knows.
/// </summary>
internal static class SharedAssemblies
{
    private const string Extensions = "Microsoft.Extensions.";

    // It says which SQLite is used, and is of another package in each application that has another one.
    private const string Bundle = "SQLitePCLRaw.batteries_v2";

    private static readonly string[] SameVersion = ["FluentMigrator", "Migrations.Core", "Migrations.Runner"];
    private static readonly string[] AnyOlderVersion = ["Microsoft.Data.Sqlite", "SQLitePCLRaw"];

    /// <summary>Whether the tool's own assembly is to be used.</summary>
    public static bool Contains(AssemblyName name) => name.Name is not Bundle && (IsNeeded(name) ? OwnVersion(name) is not null : IsCommon(name));

    /// <summary>Makes sure that an assembly was built against what the tool has.</summary>
    /// <exception cref="ToolException">It was not.</exception>
    public static void Require(Assembly assembly, string path)
    {
        foreach (AssemblyName wanted in assembly.GetReferencedAssemblies())
        {
            if (IsNeeded(wanted) && OwnVersion(wanted) is { } own && wanted.Version is { } version && !Fits(wanted, version, own))
            {
                throw ToolException.Usage(
                    $"\"{path}\" was built against {wanted.Name} {version.ToString(3)}, and this tool works with {own.ToString(3)}: "
                    + "use the version of the tool that fits, or build it against that version.");
            }
        }
    }

    private static bool Fits(AssemblyName wanted, Version version, Version own) =>
        version <= own && (!Begins(wanted, SameVersion) || (version.Major == own.Major && (own.Major > 0 || version.Minor == own.Minor)));

    private static bool IsNeeded(AssemblyName name) => Begins(name, SameVersion) || Begins(name, AnyOlderVersion);

    // FluentMigrator's API is made of them; an application that brings newer ones may still work with its own.
    private static bool IsCommon(AssemblyName name) =>
        name.Name is { } text && text.StartsWith(Extensions, StringComparison.Ordinal) && OwnVersion(name) is { } own && (name.Version is null || name.Version <= own);

    private static bool Begins(AssemblyName name, string[] families) => Array.Exists(
        families,
        family => name.Name is { } text && text.StartsWith(family, StringComparison.Ordinal) && (text.Length == family.Length || text[family.Length] == '.'));

    private static Version? OwnVersion(AssemblyName name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, name.Name + ".dll");
        return File.Exists(path) ? AssemblyName.GetAssemblyName(path).Version : null;
    }
}
