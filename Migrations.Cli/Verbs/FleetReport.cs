using System.Text;
using System.Text.Json;
using Migrations.Cli.CommandLine;
using Migrations.Cli.Output;

namespace Migrations.Cli.Verbs;

/// <summary>A file that gets a line of JSON for each file of a fleet, as it ends. What is in it already stays.</summary>
internal sealed class FleetReport : IDisposable
{
    private readonly string path;
    private readonly FileStream stream;

    private FleetReport(string path, FileStream stream)
    {
        this.path = path;
        this.stream = stream;
    }

    /// <summary>Why a line could not be written, after which no other one was; null where all were.</summary>
    public string? Fault { get; private set; }

    /// <summary>Opens the file, and makes it where it is not there.</summary>
    /// <exception cref="ToolException">The file can't be written.</exception>
    public static FleetReport Open(string path)
    {
        string full = Path.GetFullPath(path);
        try
        {
            return new(full, new(full, FileMode.Append, FileAccess.Write, FileShare.Read));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Usage($"The report \"{full}\" can't be written: {e.Message} Nothing was changed.", e);
        }
    }

    public void Add(FleetFileShape result)
    {
        if (Fault is not null)
        {
            return;
        }

        string line = JsonSerializer.Serialize(new(TimeProvider.System.GetUtcNow(), result), Shapes.Default.FleetReportShape) + "\n";
        try
        {
            stream.Write(Encoding.UTF8.GetBytes(line));
            stream.Flush();
        }
        catch (IOException e)
        {
            Fault = $"The report \"{path}\" is not whole: {e.Message}";
        }
    }

    public void Dispose() => stream.Dispose();
}
