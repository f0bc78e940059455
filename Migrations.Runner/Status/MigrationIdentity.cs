using System.Globalization;

namespace Migrations.Runner;

/// <summary>One migration of one module. Immutable.</summary>
public sealed class MigrationIdentity
{
    internal MigrationIdentity(string module, long version, string name)
    {
        Module = module;
        Version = version;
        Name = name;
    }

    /// <summary>The module's name, empty for the application's own.</summary>
    public string Module { get; }

    /// <summary>The migration's version.</summary>
    public long Version { get; }

    /// <summary>The migration's description, or the name of its class; empty where only the version is known.</summary>
    public string Name { get; }

    /// <summary>The version and the name, after the module's name where it has one.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Module}{(Module.Length == 0 ? "" : " ")}{Version} {Name}").TrimEnd();
}
