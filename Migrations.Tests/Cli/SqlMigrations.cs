using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using FluentMigrator;
using FluentMigrator.Builders.Execute;
using Migrations.Core.Authoring;

namespace Migrations.Tests.Cli;

/// <summary>An assembly in a file, whose migrations run SQL: what an application's developer has built.</summary>
internal static class SqlMigrations
{
    public static string Write(string path, params SqlMigration[] migrations)
    {
        PersistedAssemblyBuilder assembly = new(new AssemblyName(Path.GetFileNameWithoutExtension(path)), typeof(object).Assembly);
        ModuleBuilder module = assembly.DefineDynamicModule("main");
        foreach (SqlMigration migration in migrations)
        {
            TypeBuilder type = module.DefineType(migration.Name, TypeAttributes.Public | TypeAttributes.Sealed, typeof(Migration));
            type.SetCustomAttribute(new(Constructor(typeof(MigrationAttribute), typeof(long), typeof(string)), [migration.Version, null]));
            if (migration.Loses is not null)
            {
                type.SetCustomAttribute(new(Constructor(typeof(LosesDataAttribute), typeof(string)), [migration.Loses]));
            }

            type.DefineDefaultConstructor(MethodAttributes.Public);
            Override(type, nameof(Migration.Up), migration.Up);
            Override(type, nameof(Migration.Down), migration.Down);
            type.CreateType();
        }

        assembly.Save(path);
        return path;
    }

    private static ConstructorInfo Constructor(Type type, params Type[] parameters) => type.GetConstructor(parameters)
        ?? throw new MissingMethodException(string.Create(CultureInfo.InvariantCulture, $"{type} has no such constructor."));

    private static void Override(TypeBuilder type, string name, string sql)
    {
        MethodBuilder method = type.DefineMethod(
            name, MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.HideBySig, typeof(void), Type.EmptyTypes);
        ILGenerator code = method.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Call, typeof(Migration).GetProperty(nameof(Migration.Execute))!.GetMethod!); // FluentMigrator has it.
        code.Emit(OpCodes.Ldstr, sql);
        code.Emit(OpCodes.Callvirt, typeof(IExecuteExpressionRoot).GetMethod(nameof(IExecuteExpressionRoot.Sql), [typeof(string)])!); // As above.
        code.Emit(OpCodes.Ret);
    }
}
