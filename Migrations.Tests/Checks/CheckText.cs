using System.Reflection;
using Migrations.Testing;
using NUnit.Framework;

namespace Migrations.Tests.Checks;

/// <summary>The message of a failed check, as it is whatever number the test's own assembly got.</summary>
internal static class CheckText
{
    public static string Of(Assembly assembly, Action check)
    {
        MigrationCheckException? error = Assert.Throws<MigrationCheckException>(() => check());
        return error!.Message.Replace(assembly.GetName().Name + ".", "App.", StringComparison.Ordinal); // Throws would have failed.
    }
}
