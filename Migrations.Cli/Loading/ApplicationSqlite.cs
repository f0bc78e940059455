using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Migrations.Cli.CommandLine;

namespace Migrations.Cli.Loading;

/// <summary>The SQLite that an application brings in place of the usual one, such as one that encrypts.</summary>
internal static class ApplicationSqlite
{
    private const string Bundle = "SQLitePCLRaw.batteries_v2";
    private const string Provider = "SQLitePCLRaw.provider.";

    /// <summary>Has this process use it, where there is one. What the application's own code says afterwards is left standing.</summary>
    /// <exception cref="ToolException">It can't be loaded.</exception>
    public static void Use(MigrationLoadContext context)
    {
        // It sets the tool's own provider, and would do so later than the application.
        RuntimeHelpers.RunClassConstructor(typeof(SqliteConnection).TypeHandle);
        if (context.PathOf(new AssemblyName(Bundle)) is not { } path)
        {
            return;
        }

        try
        {
            Assembly bundle = context.LoadFromAssemblyPath(path);
            if (bundle.GetReferencedAssemblies().Any(IsOther))
            {
                bundle.GetType("SQLitePCL.Batteries_V2", throwOnError: true)?.GetMethod("Init", Type.EmptyTypes)?.Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null);
            }
        }
        catch (Exception e) when (e is IOException or TypeLoadException or BadImageFormatException or MissingMethodException or DllNotFoundException)
        {
            throw ToolException.Usage($"The application's own SQLite (\"{path}\") can't be loaded: {e.Message}", e);
        }
    }

    private static bool IsOther(AssemblyName referenced) =>
        referenced.Name is { } name && name.StartsWith(Provider, StringComparison.Ordinal) && !File.Exists(Path.Combine(AppContext.BaseDirectory, name + ".dll"));
}
