namespace Migrations.Benchmarks.Measuring;

/// <summary>A new directory for a benchmark's databases, gone with them at the end.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("migrations-benchmark-");

    public string File(string name) => Path.Combine(directory.FullName, name);

    public void Dispose() => directory.Delete(recursive: true);
}
