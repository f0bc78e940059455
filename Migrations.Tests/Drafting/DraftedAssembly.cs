using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

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
        CSharpParseOptions parsing = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);
        CSharpCompilation compilation = CSharpCompilation.Create(
            string.Create(CultureInfo.InvariantCulture, $"Drafted{Interlocked.Increment(ref count)}"),
            [CSharpSyntaxTree.ParseText(code, parsing), CSharpSyntaxTree.ParseText(ImplicitUsings, parsing)],
            References,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable,
                generalDiagnosticOption: ReportDiagnostic.Error,
                warningLevel: 9999,
                specificDiagnosticOptions: [new("CS1591", ReportDiagnostic.Suppress)]));
        using MemoryStream stream = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(stream);
        if (!result.Success)
        {
            throw new InvalidOperationException($"{string.Join('\n', result.Diagnostics.Where(one => one.Severity is DiagnosticSeverity.Error))}\n{code}");
        }

        stream.Position = 0;
        return AssemblyLoadContext.GetLoadContext(typeof(DraftedAssembly).Assembly)!.LoadFromStream(stream); // It was loaded by one.
    }
}
