using System.Reflection;

namespace Migrations.Tests.Status;

/// <summary>An assembly that exports exactly the types of a test.</summary>
internal sealed class StatedTypes(params Type[] types) : Assembly
{
    public override string FullName => "Stated";

    public override bool IsDynamic => false;

    public override Type[] GetExportedTypes() => types;

    public override AssemblyName GetName() => new("Stated");

    public override string[] GetManifestResourceNames() => [];
}
