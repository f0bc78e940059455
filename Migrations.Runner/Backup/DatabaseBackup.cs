using System.Collections.Immutable;

namespace Migrations.Runner;

/// <summary>A whole, verified copy of a database in a file of its own. Immutable.</summary>
public sealed class DatabaseBackup
{
    internal DatabaseBackup(string path, DateTimeOffset createdAt, ImmutableArray<ModuleVersion> versions, long size)
    {
        Path = path;
        CreatedAt = createdAt;
        Versions = versions;
        Size = size;
    }

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>When it was made, in UTC, to the millisecond.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>
    /// The newest applied version of each module that the database held, as the file's name says: where there are more modules than
    /// a file name can hold, the application's own and the first ones. Empty where the name does not say.
    /// </summary>
    public IReadOnlyList<ModuleVersion> Versions { get; }

    /// <summary>The size of the file in bytes.</summary>
    public long Size { get; }

    /// <summary>The path.</summary>
    public override string ToString() => Path;
}
