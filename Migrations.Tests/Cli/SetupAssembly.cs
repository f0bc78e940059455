using Microsoft.CodeAnalysis;
using Migrations.Tests.Support;

namespace Migrations.Tests.Cli;

/// <summary>An assembly in a file, compiled of C#: what an application's developer has written and built.</summary>
internal static class SetupAssembly
{
    private const string Usings = "global using FluentMigrator; global using Microsoft.Data.Sqlite; global using Migrations.Runner;";

    public static void Write(string path, string code, params IEnumerable<string> references) => File.WriteAllBytes(
        path, ProjectCompiler.Compile(Path.GetFileNameWithoutExtension(path), [Usings, code], OutputKind.DynamicallyLinkedLibrary, references));
}
