using Migrations.Cli.CommandLine;

namespace Migrations.Cli.Authoring;

/// <summary>Writes the file of a migration.</summary>
internal static class MigrationText
{
    /// <summary>Writes a file that is not there yet.</summary>
    /// <exception cref="ToolException">It is there, or can't be written.</exception>
    public static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        FileStream stream;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "");
            stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw ToolException.Usage($"\"{path}\" is there already, and is not overwritten: give the migration another name, or another folder (--output).");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Usage($"\"{path}\" can't be written: {e.Message} Give another folder (--output), or none (--print).", e);
        }

        try
        {
            await using StreamWriter writer = new(stream);
            await writer.WriteAsync(text.AsMemory(), cancellationToken);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }
}
