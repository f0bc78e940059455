using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Migrations.Runner;
using SQLitePCL;

namespace Migrations.Testing.Templates;

/// <summary>
/// What a set of migrations is called in a folder that processes share, and all that bears on what it makes of an empty database: the compiled
/// code by the ids that the compiler gives each module, what the caller has set, and the versions of everything that takes part. Immutable.
/// </summary>
/// <param name="Set">The same for the same set at all times.</param>
/// <param name="Content">Another one for each change of it.</param>
internal sealed record ContentKey(string Set, string Content)
{
    // The shape of what is kept.
    private const string Format = "1";

    /// <summary>The key; null where something can't be known from outside this process: a delegate with state, a password, code that is in no file.</summary>
    public static ContentKey? Of(DatabaseMigratorOptions asked, DatabaseStorage storage)
    {
        Delegate[] delegates = [.. Delegates(asked.ConnectionOpened), .. Delegates(asked.ConfigureRunner)];
        if (asked.Strategies is not null
            || new SqliteConnectionStringBuilder(asked.ConnectionString).Password.Length > 0
            || Array.Exists(delegates, HasState))
        {
            return null;
        }

        IEnumerable<Assembly> roots =
        [
            .. asked.Assemblies,
            .. asked.Modules.SelectMany(module => module.Assemblies),
            .. delegates.Select(method => method.Method.Module.Assembly),
            typeof(ContentKey).Assembly,
        ];
        if (roots.Any(assembly => assembly.IsDynamic))
        {
            return null;
        }

        // It makes SQLite's library known.
        RuntimeHelpers.RunClassConstructor(typeof(SqliteConnection).TypeHandle);
        List<object?> names = [storage, .. Names(asked.Assemblies), "tags", .. asked.Tags];
        foreach (MigrationModule module in asked.Modules)
        {
            names.AddRange(["module", module.Name, .. Names(module.Assemblies), "after", .. module.After]);
        }

        List<object?> content =
        [
            Format,
            raw.sqlite3_libversion().utf8_to_string(),
            raw.sqlite3_sourceid().utf8_to_string(),
            RuntimeInformation.FrameworkDescription,
            TemplateKey.Settings(asked.ConnectionString),
            asked.ApplicationId,
            asked.Mode,
            .. names,
            .. asked.Modules.SelectMany(module => TemplateKey.Parts(module.VersionTable)),
            .. delegates.Select(method => $"{method.Method.Module.ModuleVersionId} {method.Method.MetadataToken:x8}"),
            .. ReferencedCode.Of(roots),
        ];
        Assembly first = asked.Assemblies.Concat(asked.Modules.SelectMany(module => module.Assemblies)).First();
        return new($"{first.GetName().Name}-{Hash(names)[..8]}", Hash(content)[..32]);
    }

    private static IEnumerable<string?> Names(IEnumerable<Assembly> assemblies) => assemblies.Select(assembly => assembly.GetName().Name);

    private static Delegate[] Delegates(Delegate? asked) => asked?.GetInvocationList() ?? [];

    // A lambda that captures nothing has a target as well, which holds nothing.
    private static bool HasState(Delegate method) =>
        method.Method.DeclaringType is null
        || (method.Target is { } target && (target.GetType() != method.Method.DeclaringType || Fields(target.GetType()).Any()));

    private static IEnumerable<FieldInfo> Fields(Type? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            {
                yield return field;
            }
        }
    }

    // Each with its length, so that no two lists give one text.
    private static string Hash(IEnumerable<object?> parts)
    {
        StringBuilder text = new();
        foreach (object? part in parts)
        {
            string value = Convert.ToString(part, CultureInfo.InvariantCulture) ?? "";
            text.Append(CultureInfo.InvariantCulture, $"{value.Length}:{value}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
