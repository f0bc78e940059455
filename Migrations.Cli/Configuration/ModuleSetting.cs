using System.Collections.Immutable;

namespace Migrations.Cli.Configuration;

/// <summary>A module: its name, the full path of its assembly, and the modules that come before it.</summary>
internal sealed record ModuleSetting(string Name, string Path, ImmutableArray<string> After);
