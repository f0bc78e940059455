using System.Reflection;
using System.Runtime.Loader;

namespace Migrations.Tests.Cli;

/// <summary>The tool's own classes. They are loaded apart from the tests, with the packages that the tool brings.</summary>
internal static class ToolAssembly
{
    private static readonly Lazy<Assembly> Loaded = new(() =>
    {
        AssemblyDependencyResolver resolver = new(ToolFolder.Tool);
        AssemblyLoadContext context = new("tool");
        context.Resolving += (own, name) => resolver.ResolveAssemblyToPath(name) is { } path ? own.LoadFromAssemblyPath(path) : null;
        return context.LoadFromAssemblyPath(ToolFolder.Tool);
    });

    /// <summary>The names of all verbs, those within others as they are typed.</summary>
    public static IEnumerable<string> Verbs => Commands(Root(), "").Order(StringComparer.Ordinal);

    /// <summary>The names of the options that all verbs have.</summary>
    public static IEnumerable<string> CommonOptions
    {
        get
        {
            Type type = Type("CommandLine.CommonOptions");
            object options = Activator.CreateInstance(type)!; // It is a class.
            return [.. type.GetProperties().Select(property => Text(property.GetValue(options), "Name"))];
        }
    }

    /// <summary>A class by its name without "Migrations.Cli.".</summary>
    public static Type Type(string name) => Loaded.Value.GetType($"Migrations.Cli.{name}", throwOnError: true)!; // It throws.

    /// <summary>The value of a static field or the result of a static method.</summary>
    public static object? Call(string type, string member, params object[] arguments) => Type(type).InvokeMember(
        member,
        BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | (arguments.Length == 0 ? BindingFlags.GetField : BindingFlags.InvokeMethod),
        null,
        null,
        arguments,
        System.Globalization.CultureInfo.InvariantCulture);

    private static object Root()
    {
        Type tool = Type("CommandLine.Tool");
        return tool.GetField("root", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(Activator.CreateInstance(tool))!; // The tool has it.
    }

    private static List<string> Commands(object command, string prefix)
    {
        List<string> names = [];
        foreach (object sub in (System.Collections.IEnumerable)command.GetType().GetProperty("Subcommands")!.GetValue(command)!) // Every command has it.
        {
            string name = $"{prefix}{Text(sub, "Name")}";
            string[] below = [.. Commands(sub, name + " ")];
            names.AddRange(below.Length == 0 ? [name] : below);
        }

        return names;
    }

    private static string Text(object? of, string property) => (string)of!.GetType().GetProperty(property)!.GetValue(of)!; // Asked of what has it.
}
