using FluentMigrator.Runner.VersionTableInfo;
using Microsoft.Data.Sqlite;
using Migrations.Runner;

namespace Migrations.Testing.Templates;

/// <summary>
/// All that bears on what a set of migrations makes of an empty database, within a process: which assemblies (an assembly that was loaded
/// twice is two), and what the caller has set. Immutable; equal where all of it is.
/// </summary>
/// <remarks>Delegates are equal as <see cref="Delegate.Equals(object?)"/> says: by method and target.</remarks>
internal sealed class TemplateKey : IEquatable<TemplateKey>
{
    private readonly object?[] parts;
    private readonly int hash;

    private TemplateKey(object?[] parts)
    {
        this.parts = parts;
        HashCode code = default;
        foreach (object? part in parts)
        {
            code.Add(part);
        }

        hash = code.ToHashCode();
    }

    public static TemplateKey Of(DatabaseMigratorOptions asked, DatabaseStorage storage) => new(
    [
        storage,
        Settings(asked.ConnectionString),
        asked.ApplicationId,
        asked.Mode,
        asked.Strategies,
        asked.ConnectionOpened,
        asked.ConfigureRunner,
        asked.Assemblies.Count,
        .. asked.Assemblies,
        asked.Tags.Count,
        .. asked.Tags,
        .. asked.Modules.SelectMany(Parts),
    ]);

    /// <summary>What a connection string says beside the name of the database.</summary>
    public static string Settings(string connectionString)
    {
        SqliteConnectionStringBuilder settings = new(connectionString);
        settings.Remove("Data Source");
        return settings.ConnectionString;
    }

    /// <summary>What a version table is called, and its columns.</summary>
    public static object?[] Parts(IVersionTableMetaData table) =>
    [
        table.SchemaName, table.TableName, table.ColumnName, table.DescriptionColumnName, table.AppliedOnColumnName, table.UniqueIndexName,
        table.OwnsSchema, table.CreateWithPrimaryKey,
    ];

    public bool Equals(TemplateKey? other) => other is not null && hash == other.hash && parts.AsSpan().SequenceEqual(other.parts);

    public override bool Equals(object? obj) => Equals(obj as TemplateKey);

    public override int GetHashCode() => hash;

    private static object?[] Parts(MigrationModule module) =>
        [module.Name, module.Assemblies.Count, .. module.Assemblies, module.After.Count, .. module.After, .. Parts(module.VersionTable)];
}
