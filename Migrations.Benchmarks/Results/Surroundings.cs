using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using FluentMigrator;
using Microsoft.Data.Sqlite;
using Migrations.Core;

namespace Migrations.Benchmarks.Results;

/// <summary>The machine and the versions that a measurement holds for. It names neither the machine nor anybody.</summary>
internal static class Surroundings
{
    private const string ProcessorModels = "/proc/cpuinfo";

    public static IEnumerable<(string Name, string Value)> Read()
    {
        yield return ("processor", $"{Environment.ProcessorCount} cores, {ProcessorModel()}");
        yield return ("memory", string.Create(CultureInfo.InvariantCulture, $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30):F0} GiB"));
        yield return ("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}");
        yield return (".NET", Environment.Version.ToString());
        yield return ("SQLite", SqliteVersion());
        yield return ("Microsoft.Data.Sqlite", Version(typeof(SqliteConnection)));
        yield return ("FluentMigrator", Version(typeof(Migration)));
        yield return ("Migrations", Version(typeof(RebuildMode)));
    }

    private static string ProcessorModel()
    {
        string? line = File.Exists(ProcessorModels)
            ? File.ReadLines(ProcessorModels).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static string SqliteVersion()
    {
        using SqliteConnection connection = new("Data Source=:memory:");
        connection.Open();
        return connection.ServerVersion;
    }

    // What follows the plus sign is the commit that it was built from.
    private static string Version(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? type.Assembly.GetName().Version?.ToString() ?? "unknown";
}
