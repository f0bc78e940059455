using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;
using FluentMigrator;
using FluentMigrator.Runner.VersionTableInfo;
using Migrations.Core.Authoring;

namespace Migrations.Tests.Support;

/// <summary>An assembly of a test's own with public migration classes, as an application or a library would ship it.</summary>
public static class EmittedAssembly
{
    private static readonly ConcurrentDictionary<string, EmittedStep> Steps = new(StringComparer.Ordinal);
    private static int count;

    public static Assembly Of(params EmittedStep[] steps) => Emit(null, steps);

    /// <summary>The same with a class that describes a version table, derived from one that does.</summary>
    public static Assembly WithVersionTable(Type versionTable, params EmittedStep[] steps) => Emit(versionTable, steps);

    private static Assembly Emit(Type? versionTable, EmittedStep[] steps)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"Emitted{Interlocked.Increment(ref count)}");
        PersistedAssemblyBuilder assembly = new(new AssemblyName(name), typeof(object).Assembly);
        ModuleBuilder module = assembly.DefineDynamicModule(name);
        ConstructorInfo attribute = typeof(MigrationAttribute).GetConstructor([typeof(long), typeof(TransactionBehavior), typeof(string)])!; // FluentMigrator has it.
        foreach (EmittedStep step in steps)
        {
            string type = string.Create(CultureInfo.InvariantCulture, $"{name}.M{step.Version}");
            TypeBuilder builder = module.DefineType(type, TypeAttributes.Public | TypeAttributes.Sealed, typeof(EmittedMigration));
            builder.DefineDefaultConstructor(MethodAttributes.Public);
            builder.SetCustomAttribute(new CustomAttributeBuilder(attribute, [step.Version, step.Behaviour, step.Description]));
            if (step.LosesData is { } reason)
            {
                builder.SetCustomAttribute(new CustomAttributeBuilder(typeof(LosesDataAttribute).GetConstructor([typeof(string)])!, [reason])); // It has one.
            }

            builder.CreateType();
            Steps[type] = step;
        }

        if (versionTable is not null)
        {
            TypeBuilder builder = module.DefineType($"{name}.OwnVersionTable", TypeAttributes.Public | TypeAttributes.Sealed, versionTable);
            builder.DefineDefaultConstructor(MethodAttributes.Public);
            builder.SetCustomAttribute(new CustomAttributeBuilder(typeof(VersionTableMetaDataAttribute).GetConstructor([])!, [])); // FluentMigrator has it.
            builder.CreateType();
        }

        using MemoryStream stream = new();
        assembly.Save(stream);
        stream.Position = 0;
        return AssemblyLoadContext.GetLoadContext(typeof(EmittedAssembly).Assembly)!.LoadFromStream(stream); // It was loaded by one.
    }

    internal static EmittedStep Find(Type migration) => Steps[migration.FullName!]; // It has a name.
}
