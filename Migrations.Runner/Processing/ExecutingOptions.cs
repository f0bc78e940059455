using FluentMigrator.Runner.Processors;
using Microsoft.Extensions.Options;

namespace Migrations.Runner.Processing;

/// <summary>
/// The processor's options, with the preview taken out: what is previewed is really run, on a copy of the schema, so the
/// base class must not skip it.
/// </summary>
internal sealed class ExecutingOptions(ProcessorOptions given) : IOptionsSnapshot<ProcessorOptions>
{
    public ProcessorOptions Value { get; } = new()
    {
        ConnectionString = given.ConnectionString,
        PreviewOnly = false,
        ProviderSwitches = given.ProviderSwitches,
        StripComments = given.StripComments,
        Timeout = given.Timeout,
    };

    public ProcessorOptions Get(string? name) => Value;
}
