using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Migrations.Tests.Support;

namespace Migrations.Tests.Drafting;

/// <summary>Drafted files, compiled as a project of this repository would compile them: with warnings as errors.</summary>
internal static class DraftedAssembly
{
    private static int count;

    /// <summary>The assembly of a file; throws with the compiler's words where it does not compile.</summary>
    public static Assembly Compile(string code) => Load(ProjectCompiler.Compile(NextName(), [code]));

    /// <summary>The assembly of files, with symbols that say where they are.</summary>
    public static Assembly Compile(IEnumerable<string> files) => Load(ProjectCompiler.CompileFiles(NextName(), files));

    /// <summary>Writes the assembly of files, in place of the one that is there.</summary>
    public static void Write(string path, IEnumerable<string> files) => File.WriteAllBytes(path, ProjectCompiler.CompileFiles(NextName(), files));

    private static string NextName() => string.Create(CultureInfo.InvariantCulture, $"Drafted{Interlocked.Increment(ref count)}");

    private static Assembly Load(byte[] assembly)
    {
        using MemoryStream stream = new(assembly);
        return AssemblyLoadContext.GetLoadContext(typeof(DraftedAssembly).Assembly)!.LoadFromStream(stream); // It was loaded by one.
    }
}
