using Migrations.Testing;
using Migrations.Testing.Templates;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.MigratedDatabases;

/// <summary>What is said on standard error, which belongs to the whole process: no other test may run beside.</summary>
[NonParallelizable]
public sealed class StandardErrorTests
{
    [Test]
    public void Folder_that_can_not_be_written_is_told_on_standard_error_once()
    {
        using DatabaseFolder folder = new();
        File.WriteAllText(folder.Path, "no folder");
        MigratedDatabaseOptions options = new() { Assemblies = [EmittedAssembly.Of((1, m => m.Create.Table("t").WithColumn("id").AsInt64()))], CacheFolder = folder.Path };
        TextWriter error = Console.Error;
        using StringWriter told = new();
        Console.SetError(told);
        try
        {
            for (int i = 0; i < 2; i++)
            {
                MigratedDatabase.Latest(options).Dispose();
                TemplateShelves.Forget(options.Assemblies[0]);
            }
        }
        finally
        {
            Console.SetError(error);
        }

        Assert.That(told.ToString().Split('\n').Count(line => line.Contains($"are not kept in \"{folder.Path}\"", StringComparison.Ordinal)), Is.EqualTo(1));
    }
}
