using System.Buffers;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using Migrations.Cli.CommandLine;
using Migrations.Cli.Verbs;
using Spectre.Console;

namespace Migrations.Cli.Output;

/// <summary>Standard output for results, standard error for log, progress, questions and errors.</summary>
internal sealed class Terminal
{
    // Nothing is broken into lines where it does not go to a screen.
    private const int NoWidth = 1_000_000;

    private readonly IAnsiConsole output;
    private readonly IAnsiConsole error;

    public Terminal(ParseResult parsed, CommonOptions common)
    {
        IsJson = parsed.GetResult(common.Json) is { Implicit: false };
        IsQuiet = parsed.GetResult(common.Quiet) is { Implicit: false };
        IsVerbose = parsed.GetResult(common.Verbose) is { Implicit: false };
        bool hasColor = parsed.GetResult(common.NoColor) is not { Implicit: false } && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        output = Create(Console.Out, Console.IsOutputRedirected, hasColor);
        error = Create(Console.Error, Console.IsErrorRedirected, hasColor);
    }

    public bool IsJson { get; }

    public bool IsQuiet { get; }

    public bool IsVerbose { get; }

    /// <summary>Whether somebody is there to be asked.</summary>
    public bool CanAsk => !IsJson && !Console.IsInputRedirected && !Console.IsErrorRedirected;

    /// <summary>The screen for a bar of progress; null where there is none.</summary>
    public IAnsiConsole? Screen => IsQuiet || IsVerbose || Console.IsErrorRedirected || !error.Profile.Capabilities.Ansi ? null : error;

    /// <summary>Writes text as it is to standard output.</summary>
    public static void Write(string text) => Console.Out.Write(text);

    /// <summary>Writes a line to standard output, in a style where there are colours.</summary>
    public void Line(string text = "", string? style = null) => Line(output, text, style);

    /// <summary>Writes a line of the log or of progress to standard error.</summary>
    public void Note(string text)
    {
        if (!IsQuiet)
        {
            Line(error, text, null);
        }
    }

    /// <summary>Asks for yes or no, on standard error.</summary>
    public static async Task<bool> ConfirmAsync(string question, CancellationToken cancellationToken)
    {
        await Console.Error.WriteAsync($"{question} [y/N] ".AsMemory(), cancellationToken);
        string? answer = await Task.Run(Console.In.ReadLine, cancellationToken).WaitAsync(cancellationToken);
        return answer?.Trim().ToUpperInvariant() is "Y" or "YES";
    }

    /// <summary>Writes what a verb found or did.</summary>
    public int Succeed(string verb, Answer answer)
    {
        if (IsJson)
        {
            WriteJson(verb, answer.ExitCode, answer, null);
        }
        else
        {
            answer.WriteTo(this);
        }

        return (int)answer.ExitCode;
    }

    /// <summary>Writes why a verb could not do what it was to do.</summary>
    public int Fail(string? verb, Failure failure)
    {
        if (IsJson)
        {
            WriteJson(verb, failure.ExitCode, null, failure);
        }
        else
        {
            Line(error, failure.Message, failure.ExitCode is ExitCode.Cancelled ? "yellow" : "red");
        }

        if (IsVerbose && failure.Exception is { } exception)
        {
            Line(error, exception.ToString(), null);
        }

        return (int)failure.ExitCode;
    }

    private static IAnsiConsole Create(TextWriter writer, bool isRedirected, bool hasColor)
    {
        IAnsiConsole console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isRedirected || !hasColor ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.Detect,
        });
        if (isRedirected)
        {
            console.Profile.Width = NoWidth;
        }

        return console;
    }

    private static void Line(IAnsiConsole console, string text, string? style)
    {
        if (style is null || console.Profile.Capabilities.ColorSystem == ColorSystem.NoColors)
        {
            console.Profile.Out.Writer.WriteLine(text);
        }
        else
        {
            console.MarkupLine($"[{style}]{Markup.Escape(text)}[/]");
        }
    }

    private static void WriteJson(string? verb, ExitCode exitCode, Answer? answer, Failure? failure)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter writer = new(bytes, new() { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("verb", verb);
            writer.WriteNumber("exitCode", (int)exitCode);
            writer.WritePropertyName("result");
            if (answer is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                answer.WriteTo(writer);
            }

            writer.WritePropertyName("error");
            if (failure is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                JsonSerializer.Serialize(writer, failure.ToShape(), Shapes.Default.ErrorShape);
            }

            writer.WriteEndObject();
        }

        Console.Out.WriteLine(Encoding.UTF8.GetString(bytes.WrittenSpan));
    }
}
