using Migrations.Cli.CommandLine;

namespace Migrations.Cli.Output;

/// <summary>Text files that the tool writes.</summary>
internal static class TextFile
{
    /// <summary>Writes one, all of it or nothing; one that holds the text already is left as it is.</summary>
    /// <returns>Whether it did.</returns>
    /// <exception cref="ToolException">It can't be written.</exception>
    public static bool Write(string path, string text)
    {
        string partial = path + ".partial";
        try
        {
            if (File.Exists(path) && string.Equals(File.ReadAllText(path), text, StringComparison.Ordinal))
            {
                return true;
            }

            File.WriteAllText(partial, text);
            File.Move(partial, path, overwrite: true);
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(partial))
            {
                File.Delete(partial);
            }

            throw ToolException.Usage($"\"{path}\" can't be written: {e.Message.TrimEnd('.')}. Name a file in a folder that is there and may be written to.", e);
        }
    }
}
