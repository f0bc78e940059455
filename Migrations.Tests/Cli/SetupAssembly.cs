using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Migrations.Tests.Cli;

/// <summary>An assembly in a file, compiled of C#: what an application's developer has written and built.</summary>
internal static class SetupAssembly
{
    private const string Usings = """
        global using System;
        global using FluentMigrator;
        global using Microsoft.Data.Sqlite;
        global using Migrations.Runner;

        """;

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!) // .NET says where its assemblies are.
            .Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("Migrations.Tests", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static void Write(string path, string code, params string[] references)
    {
        CSharpParseOptions parsing = new(LanguageVersion.CSharp14);
        CSharpCompilation compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(path),
            [CSharpSyntaxTree.ParseText(Usings, parsing), CSharpSyntaxTree.ParseText(code, parsing)],
            [.. References, .. references.Select(reference => MetadataReference.CreateFromFile(reference))],
            new(OutputKind.DynamicallyLinkedLibrary));
        EmitResult result = compilation.Emit(path);
        if (!result.Success)
        {
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Where(one => one.Severity is DiagnosticSeverity.Error)));
        }
    }
}
