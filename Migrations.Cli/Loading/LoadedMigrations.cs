using System.Collections.Immutable;
using System.Reflection;
using Migrations.Cli.Configuration;

namespace Migrations.Cli.Loading;

/// <summary>The assemblies that were named: of the application, and of modules. Immutable.</summary>
internal sealed record LoadedMigrations(ImmutableArray<Assembly> Assemblies, ImmutableArray<(ModuleSetting Setting, Assembly Assembly)> Modules);
