using FluentMigrator;
using Migrations.Core;
using NUnit.Framework;

namespace Migrations.Tests.Cli.New;

[Parallelizable(ParallelScope.All)]
internal sealed class NewProjectTests
{
    private const string User = "CREATE TABLE \"user\" (id INTEGER PRIMARY KEY, email TEXT NOT NULL";

    [Test]
    public void First_migrations_of_a_project_go_into_its_folder_and_its_namespace()
    {
        using ToolFolder folder = new();
        string project = Directory.CreateDirectory(folder.Path("My.App")).FullName;
        File.WriteAllText(Path.Combine(project, "My.App.csproj"), Project());
        File.WriteAllText(Path.Combine(project, "Class.cs"), "namespace My.App; public static class Class;");
        File.WriteAllText(folder.Path("wanted.sql"), User + ");");

        // A namespace of that name hides FluentMigrator's class.
        ToolOutcome first = folder.Run("new", "create user", "--from-sql", "wanted.sql", "--project", "My.App", "--output", "My.App/Migration/new", "--quiet");
        File.WriteAllText(folder.Path("wanted.sql"), User + ", quota INTEGER NOT NULL DEFAULT 0);");
        ToolOutcome second = folder.Run("new", "AddQuota", "--from-sql", "wanted.sql", "--project", "My.App", "--quiet", "--print");

        Assert.That(first.ExitCode, Is.Zero, first.Text);
        Assert.That(first.Output, Does.Match(@"^""~/My\.App/Migration/new/\d{14}_CreateUser\.cs"" is migration \d{14}\."));
        Assert.That(second.ExitCode, Is.Zero, second.Text);
        Assert.That(second.Output, Does.Contain("namespace My.App.Migration.@new;").And.Contain(".AddColumn(\"quota\"").And.Not.Contain("\"email\""));
    }

    private static string Project() =>
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <UseAppHost>false</UseAppHost>
          </PropertyGroup>
          <ItemGroup>
            {string.Join("\n    ", new[] { typeof(Migration), typeof(IMigration), typeof(MigrationsException) }
                .Select(type => type.Assembly).Distinct()
                .Select(assembly => $"<Reference Include=\"{assembly.GetName().Name}\" HintPath=\"{assembly.Location}\" />"))}
          </ItemGroup>
        </Project>
        """;
}
