using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Migrations.Cli.CommandLine;
using Migrations.Cli.Output;

namespace Migrations.Cli.Verbs;

/// <summary>What a verb found or did: for programs, and in text for people. Immutable.</summary>
internal sealed class Answer
{
    private readonly Action<Utf8JsonWriter> writeJson;
    private readonly Action<Terminal> writeText;

    private Answer(ExitCode exitCode, Action<Utf8JsonWriter> writeJson, Action<Terminal> writeText)
    {
        ExitCode = exitCode;
        this.writeJson = writeJson;
        this.writeText = writeText;
    }

    public ExitCode ExitCode { get; }

    public static Answer Of<T>(ExitCode exitCode, T result, JsonTypeInfo<T> shape, Action<Terminal> text) =>
        new(exitCode, writer => JsonSerializer.Serialize(writer, result, shape), text);

    public void WriteTo(Utf8JsonWriter writer) => writeJson(writer);

    public void WriteTo(Terminal terminal) => writeText(terminal);
}
