using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Migrations.Tests.Drafting;

/// <summary>Drafted files, compiled as a project of this repository would compile them: with warnings as errors.</summary>
internal static class DraftedAssembly
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!) // .NET says where its assemblies are.
            .Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("Migrations.Tests", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static int count;

    /// <summary>The assembly of a file; throws with the compiler's words where it does not compile.</summary>
    public static Assembly Compile(string code)
    {
        using MemoryStream stream = new();
        Emit(stream, [(Path: "", code)]);
        return Load(stream);
    }

    /// <summary>The assembly of files, with symbols that say where they are.</summary>
    public static Assembly Compile(IEnumerable<string> files)
    {
        using MemoryStream stream = Emit(files);
        return Load(stream);
    }

    /// <summary>Writes the assembly of files, in place of the one that is there.</summary>
    public static void Write(string path, IEnumerable<string> files)
    {
        using MemoryStream stream = Emit(files);
        File.WriteAllBytes(path, stream.ToArray());
    }

    private static MemoryStream Emit(IEnumerable<string> files)
    {
        MemoryStream stream = new();
        Emit(stream, files.Select(file => (file, File.ReadAllText(file))));
        return stream;
    }

    private static Assembly Load(MemoryStream stream)
    {
        stream.Position = 0;
        return AssemblyLoadContext.GetLoadContext(typeof(DraftedAssembly).Assembly)!.LoadFromStream(stream); // It was loaded by one.
    }

    private static void Emit(MemoryStream stream, IEnumerable<(string Path, string Code)> files)
    {
        CSharpParseOptions parsing = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);
        SyntaxTree[] trees = [.. files.Select(file => CSharpSyntaxTree.ParseText(file.Code, parsing, file.Path, Encoding.UTF8))];
        CSharpCompilation compilation = CSharpCompilation.Create(
            string.Create(CultureInfo.InvariantCulture, $"Drafted{Interlocked.Increment(ref count)}"),
            [.. trees, CSharpSyntaxTree.ParseText(ImplicitUsings, parsing, "usings.cs", Encoding.UTF8)],
            References,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable,
                generalDiagnosticOption: ReportDiagnostic.Error,
                warningLevel: 9999,
                specificDiagnosticOptions: [new("CS1591", ReportDiagnostic.Suppress)]));
        EmitResult result = compilation.Emit(stream, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded));
        if (!result.Success)
        {
            throw new InvalidOperationException(
                $"{string.Join('\n', result.Diagnostics.Where(one => one.Severity is DiagnosticSeverity.Error))}\n{string.Join('\n', trees.Select(tree => tree.ToString()))}");
        }
    }
}
