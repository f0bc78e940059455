using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Runner.Connections;
using Migrations.Testing.Databases;

namespace Migrations.Testing.Templates;

/// <summary>
/// Makes a template by running migrations, in the same kind of place as its copies will be: a migration may ask a file for a write-ahead log,
/// which there is not in memory.
/// </summary>
internal static class TemplateBuild
{
    /// <summary>Takes a template out of the folder that the caller has named, or makes it and keeps it there.</summary>
    /// <exception cref="UpgradeFailedException">A migration failed.</exception>
    public static Template Find(MigrationSet migrations, long version, Template below)
    {
        TemplateCache? cache = TemplateCache.Of(migrations);
        if (cache?.Read(version) is { } kept)
        {
            return kept;
        }

        Template made = Run(migrations, version, below);
        cache?.Write(version, made);
        return made;
    }

    /// <summary>Runs what is missing above another template.</summary>
    /// <exception cref="UpgradeFailedException">A migration failed.</exception>
    public static Template Run(MigrationSet migrations, long version, Template below)
    {
        using DatabasePlace place = DatabasePlace.Make(migrations.Options);
        DatabaseMigratorOptions asked = migrations.MigratorOptions(place.ConnectionString);
        if (place.Path is { } path)
        {
            below.CopyTo(path);
            migrations.Build(place.ConnectionString, version);
            return AttachesOthers(asked) || HasMore(path) ? Template.None : File.Exists(path) ? Template.Of(File.ReadAllBytes(path)) : Template.Empty;
        }

        using SqliteConnection connection = DatabasePlace.OpenFilled(asked.ConnectionString, below);
        migrations.Build(place.ConnectionString, version);
        return AttachesOthers(asked) ? Template.None : Template.Of(connection);
    }

    // Migrations may have written to what the application's hook attaches.
    private static bool AttachesOthers(DatabaseMigratorOptions asked)
    {
        if (asked.ConnectionOpened is null)
        {
            return false;
        }

        using SqliteConnection connection = new(asked.ConnectionString);
        connection.Open();
        asked.ConnectionOpened(connection);
        return AttachedDatabases.Read(connection).Length > 1;
    }

    // A connection that the hook has left open keeps a part of the database beside the file.
    private static bool HasMore(string path) => new FileInfo(path + "-wal") is { Exists: true, Length: > 0 } || File.Exists(path + "-journal");
}
