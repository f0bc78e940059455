using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;
using FluentMigrator;

namespace Migrations.Tests.Upgrades;

/// <summary>
/// An assembly whose only public classes are migrations that a test lists, as an application's assembly would have them. Another
/// one with the same versions stands for a later build of the application.
/// </summary>
internal sealed class MigrationAssembly
{
    private static int count;

    private readonly List<(long Version, string? Description, TransactionBehavior Behaviour, Action<Migration> Up, Action<Migration>? Down)> migrations = [];

    public MigrationAssembly Add(
        long version,
        Action<Migration> up,
        Action<Migration>? down = null,
        string? description = null,
        TransactionBehavior behaviour = TransactionBehavior.Default)
    {
        migrations.Add((version, description, behaviour, up, down));
        return this;
    }

    /// <summary>The same with statements of SQL.</summary>
    public MigrationAssembly Add(long version, string up, string? down = null) =>
        Add(version, migration => migration.Execute.Sql(up), down is null ? null : migration => migration.Execute.Sql(down));

    public Assembly Build()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"Migrations{Interlocked.Increment(ref count)}");
        PersistedAssemblyBuilder assembly = new(new AssemblyName(name), typeof(object).Assembly);
        ModuleBuilder module = assembly.DefineDynamicModule(name);
        ConstructorInfo attribute = typeof(MigrationAttribute).GetConstructor([typeof(long), typeof(TransactionBehavior), typeof(string)])!;
        foreach ((long version, string? description, TransactionBehavior behaviour, Action<Migration> up, Action<Migration>? down) in migrations)
        {
            string typeName = string.Create(CultureInfo.InvariantCulture, $"{name}.M{version}");
            TypeBuilder type = module.DefineType(typeName, TypeAttributes.Public | TypeAttributes.Sealed, typeof(ScriptedMigration));
            type.SetCustomAttribute(new CustomAttributeBuilder(attribute, [version, behaviour, description]));
            type.CreateType();
            ScriptedMigration.Scripts[typeName] = (up, down);
        }

        using MemoryStream stream = new();
        assembly.Save(stream);
        stream.Position = 0;
        AssemblyLoadContext context = new(name);
        context.Resolving += (_, wanted) => AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(loaded => loaded.GetName().Name == wanted.Name);
        return context.LoadFromStream(stream);
    }
}
