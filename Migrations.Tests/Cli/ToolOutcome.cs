using System.Globalization;
using System.Text.Json;

namespace Migrations.Tests.Cli;

/// <summary>How a run of the tool ended, and what it wrote; paths of the folder are written as <c>~</c>, and what differs from run to run as a word. Immutable.</summary>
internal sealed record ToolOutcome(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>All of it, as it is approved: standard output, lines of standard error after "! ", the exit code.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Output}{string.Concat(ErrorLines.Select(line => $"! {line}\n"))}= {ExitCode}\n");

    private IEnumerable<string> ErrorLines => Error.Length == 0 ? [] : Error.TrimEnd('\n').Split('\n');
}
