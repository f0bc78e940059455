using System.Reflection;
using Migrations.Core;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Repository;

internal sealed class RoomTests
{
    /// <summary>The rooms of Migrations.Core: each may know those before it and none after it.</summary>
    private static readonly string[] Rooms = ["Syntax", "Schema", "Changes", "Alteration", "Authoring"];

    private static readonly Assembly CoreAssembly = typeof(MigrationsException).Assembly;

    [Test]
    public void Room_of_core_refers_only_to_the_rooms_before_it()
    {
        Dictionary<string, string> roomOfType = RepositoryTexts.Sources("Migrations.Core")
            .Select(path => path.Split('/'))
            .Where(parts => parts.Length > 2)
            .GroupBy(parts => parts[^1].Split('.')[0], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First()[1], StringComparer.Ordinal);

        List<string> wrong = [];
        foreach (Type type in CoreAssembly.GetTypes())
        {
            int own = Array.IndexOf(Rooms, Room(type));
            wrong.AddRange(
                from reference in TypeReferences.Of(type)
                let other = Array.IndexOf(Rooms, Room(reference))
                where own >= 0 && other > own
                select $"{type.FullName} ({Rooms[own]}) refers to {reference.FullName} ({Rooms[other]})");
        }

        Assert.That(roomOfType, Contains.Key("SqlIdentifier").WithValue("Syntax"));
        Assert.That(wrong.Distinct(StringComparer.Ordinal), Is.Empty);

        string? Room(Type type)
        {
            Type outermost = type;
            while (outermost.DeclaringType is { } declaring)
            {
                outermost = declaring;
            }

            return outermost.Assembly == CoreAssembly ? roomOfType.GetValueOrDefault(outermost.Name.Split('`')[0]) : null;
        }
    }

    [Test]
    public void Room_of_core_opens_only_the_namespaces_of_rooms_before_it()
    {
        IEnumerable<string> wrong =
            from room in Rooms.Select((name, index) => (Name: name, Index: index))
            where Directory.Exists(Path.Combine(RepositoryFiles.Root.FullName, "Migrations.Core", room.Name))
            from path in RepositoryTexts.Sources($"Migrations.Core/{room.Name}")
            from line in RepositoryTexts.Read(path).Split('\n')
            from later in Rooms.Skip(room.Index + 1)
            where line.StartsWith($"using Migrations.Core.{later};", StringComparison.Ordinal)
            select $"{path}: {line}";

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Search_for_references_sees_into_method_bodies() =>
        Assert.That(TypeReferences.Of(typeof(RoomTests)), Does.Contain(typeof(RepositoryTexts)));

    [Test]
    public void Core_references_no_container_no_host_and_no_runner()
    {
        IEnumerable<string?> references = CoreAssembly.GetReferencedAssemblies().Select(name => name.Name);

        Assert.That(references, Has.None.StartsWith("Microsoft.Extensions").And.None.StartsWith("FluentMigrator.Runner")
            .And.None.EqualTo("Migrations.Runner"));
        Assert.That(
            RepositoryTexts.Sources("Migrations.Core").Where(path =>
                RepositoryTexts.Read(path).Contains("using Migrations.Runner", StringComparison.Ordinal)
                || RepositoryTexts.Read(path).Contains("using Microsoft.Extensions", StringComparison.Ordinal)),
            Is.Empty);
    }

    [Test]
    public void Only_the_libraries_are_packed()
    {
        IEnumerable<string> packed = RepositoryTexts.Texts()
            .Where(path => path.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(path => RepositoryTexts.Read(path).Contains("Library.props", StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path));

        Assert.That(packed, Is.EquivalentTo(["Migrations.Core", "Migrations.Runner", "Migrations.Testing"]));
    }
}
