using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Migrations.Tests.Support;

/// <summary>
/// Compiles C# as a project of its own would be: with .NET's implicit usings, warnings as errors, symbols that say where the files are, and
/// nothing of the tests.
/// </summary>
internal static class ProjectCompiler
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

    /// <summary>The assembly of some texts.</summary>
    /// <exception cref="InvalidOperationException">They do not compile, or with warnings.</exception>
    public static byte[] Compile(
        string name, IEnumerable<string> texts, OutputKind kind = OutputKind.DynamicallyLinkedLibrary, params IEnumerable<string> references) =>
        Compile(name, texts.Select(text => (Path: "", text)), kind, references);

    /// <summary>The assembly of some files.</summary>
    /// <exception cref="InvalidOperationException">They do not compile, or with warnings.</exception>
    public static byte[] CompileFiles(string name, IEnumerable<string> paths) =>
        Compile(name, paths.Select(path => (path, File.ReadAllText(path))), OutputKind.DynamicallyLinkedLibrary, []);

    private static byte[] Compile(string name, IEnumerable<(string Path, string Text)> files, OutputKind kind, IEnumerable<string> references)
    {
        CSharpParseOptions parsing = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);
        SyntaxTree[] trees = [.. files.Prepend(("usings.cs", ImplicitUsings)).Select(file => CSharpSyntaxTree.ParseText(file.Item2, parsing, file.Item1, Encoding.UTF8))];
        CSharpCompilation compilation = CSharpCompilation.Create(
            name,
            trees,
            [.. References, .. references.Select(reference => MetadataReference.CreateFromFile(reference))],
            new CSharpCompilationOptions(
                kind,
                nullableContextOptions: NullableContextOptions.Enable,
                generalDiagnosticOption: ReportDiagnostic.Error,
                warningLevel: 9999,
                // As .NET's SDK has it, for projects that write no documentation.
                specificDiagnosticOptions: [.. ((string[])["CS1591", "CS1701", "CS1702"]).Select(code => KeyValuePair.Create(code, ReportDiagnostic.Suppress))]));
        using MemoryStream stream = new();
        EmitResult result = compilation.Emit(stream, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded));
        return result.Success
            ? stream.ToArray()
            : throw new InvalidOperationException(
                $"{string.Join('\n', result.Diagnostics.Where(one => one.Severity is DiagnosticSeverity.Error))}\n{string.Join("\n\n", trees.Skip(1))}");
    }
}
