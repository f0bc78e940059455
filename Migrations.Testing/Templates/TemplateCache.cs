using System.Collections.Concurrent;
using System.Globalization;
using Migrations.Testing.Databases;

namespace Migrations.Testing.Templates;

/// <summary>
/// The templates of one set in a folder that any number of processes share. A file gets its name when it is complete, and is believed only
/// when all of it is as it was written; two processes that write the same one write the same.
/// </summary>
internal sealed class TemplateCache
{
    private static readonly TimeSpan UseIsNotedAfter = TimeSpan.FromDays(1);
    private static readonly ConcurrentDictionary<string, bool> Told = new(StringComparer.Ordinal);

    private readonly string folder;
    private readonly ContentKey key;
    private readonly Action<Exception> failed;

    private TemplateCache(string folder, ContentKey key, Action<Exception>? failed)
    {
        this.folder = folder;
        this.key = key;
        this.failed = failed ?? Tell;
    }

    /// <summary>The cache that options ask for; null where they ask for none, or where the set has no key.</summary>
    public static TemplateCache? Of(MigrationSet migrations)
    {
        MigratedDatabaseOptions options = migrations.Options;
        return options.CacheFolder is { } folder && ContentKey.Of(migrations.MigratorOptions(DatabasePlace.Nowhere(options.Storage)), options.Storage) is { } key
            ? new(Path.GetFullPath(folder), key, options.CacheFailed)
            : null;
    }

    /// <summary>The file of a version.</summary>
    public string PathOf(long version) => Path.Combine(
        folder,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{key.Set}-{key.Content}-{(version == TemplateShelf.Latest ? "latest" : version.ToString(CultureInfo.InvariantCulture))}{TemplateFile.Extension}"));

    /// <summary>The template of a version; null where there is none that can be used.</summary>
    public Template? Read(long version)
    {
        string path = PathOf(version);
        try
        {
            if (TemplateFile.Read(path) is { } template)
            {
                NoteUse(path);
                return template;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            failed(e);
        }

        return null;
    }

    /// <summary>Keeps a template, where it can be kept, and deletes what nobody has used for long.</summary>
    public void Write(long version, Template template)
    {
        if (!TemplateFile.CanHold(template))
        {
            return;
        }

        string path = PathOf(version);
        string partial = $"{path}.{Guid.NewGuid():N}{TemplateFile.PartialExtension}";
        try
        {
            Directory.CreateDirectory(folder);
            TemplateFile.Write(partial, path, template);
            File.Move(partial, path, overwrite: true);
            OldTemplates.Delete(folder, key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Remove(partial);
            failed(e);
        }
    }

    private static void NoteUse(string path)
    {
        DateTime now = TimeProvider.System.GetUtcNow().UtcDateTime;
        try
        {
            if (File.GetLastWriteTimeUtc(path) < now - UseIsNotedAfter)
            {
                File.SetLastWriteTimeUtc(path, now);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is made anew sooner than it need be.
        }
    }

    private static void Remove(string partial)
    {
        try
        {
            File.Delete(partial);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whoever writes next deletes it.
        }
    }

    private void Tell(Exception error)
    {
        if (Told.TryAdd(folder, value: true))
        {
            Console.Error.WriteLine($"The templates of test databases are not kept in \"{folder}\", and the migrations run in each process: {error.Message}");
        }
    }
}
