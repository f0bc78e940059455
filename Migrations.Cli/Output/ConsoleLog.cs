using Microsoft.Extensions.Logging;

namespace Migrations.Cli.Output;

/// <summary>
/// The libraries' log on standard error: all of it with --verbose, else only warnings. What comes back as an exception is told by that.
/// </summary>
internal sealed class ConsoleLog(Terminal terminal) : ILoggerFactory, ILogger
{
    private const int Refused = 214;
    private const int Cancelled = 216;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The log goes to standard error.");

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) =>
        !terminal.IsQuiet && (terminal.IsVerbose ? logLevel >= LogLevel.Information : logLevel is LogLevel.Warning);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && (terminal.IsVerbose || eventId.Id is not (Refused or Cancelled)))
        {
            string text = ToolWords.Of(formatter(state, exception));
            terminal.Note(logLevel >= LogLevel.Warning ? $"{logLevel}: {text}" : text);
        }
    }

    public void Dispose()
    {
    }
}
