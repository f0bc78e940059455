using System.Globalization;

namespace Migrations.Runner;

/// <summary>A module of a database and the newest version of it that is applied. Immutable.</summary>
public sealed class ModuleVersion
{
    internal ModuleVersion(string module, long version)
    {
        Module = module;
        Version = version;
    }

    /// <summary>The module's name, empty for the application's own.</summary>
    public string Module { get; }

    /// <summary>The newest applied version, 0 where none is.</summary>
    public long Version { get; }

    /// <summary>The version, with the module's name before it where it has one.</summary>
    public override string ToString() => Module.Length == 0
        ? Version.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Module} {Version}");
}
