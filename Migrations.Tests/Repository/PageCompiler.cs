using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Migrations.Tests.Repository;

/// <summary>Compiles what a page shows as a new project of a reader would: with .NET's implicit usings, and nothing of the tests.</summary>
internal static class PageCompiler
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

    /// <summary>The assembly of some files; throws with the compiler's words where it does not compile without a warning.</summary>
    public static byte[] Compile(string name, IEnumerable<string> files, OutputKind kind = OutputKind.DynamicallyLinkedLibrary)
    {
        CSharpParseOptions parsing = new(LanguageVersion.CSharp14);
        CSharpCompilation compilation = CSharpCompilation.Create(
            name,
            files.Prepend(ImplicitUsings).Select(file => CSharpSyntaxTree.ParseText(file, parsing)),
            References,
            new CSharpCompilationOptions(
                kind,
                nullableContextOptions: NullableContextOptions.Enable,
                generalDiagnosticOption: ReportDiagnostic.Error,
                // As .NET's SDK has it.
                specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]));
        using MemoryStream stream = new();
        EmitResult result = compilation.Emit(stream);
        return result.Success
            ? stream.ToArray()
            : throw new InvalidOperationException(
                $"{string.Join('\n', result.Diagnostics.Where(one => one.Severity is DiagnosticSeverity.Error))}\n{string.Join("\n\n", files)}");
    }
}
