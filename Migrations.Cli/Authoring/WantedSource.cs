using Migrations.Cli.CommandLine;
using Migrations.Core.Schema;
using Migrations.Runner;
using Migrations.Runner.Drafting;
using Migrations.Runner.Files;

namespace Migrations.Cli.Authoring;

/// <summary>The file whose schema a draft is to lead to. Immutable.</summary>
internal sealed class WantedSource
{
    private readonly bool isScript;

    private WantedSource(string path, bool isScript)
    {
        Path = path;
        this.isScript = isScript;
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>What the options name; null where they name nothing.</summary>
    /// <exception cref="ToolException">They name two, or one that is not there.</exception>
    public static WantedSource? Of(string? script, string? database)
    {
        if (script is not null && database is not null)
        {
            throw ToolException.Usage("--from-sql and --from-database both name the schema to lead to: leave one.");
        }

        if ((script ?? database) is not { } file)
        {
            return null;
        }

        WantedSource source = new(System.IO.Path.GetFullPath(file), script is not null);
        return File.Exists(source.Path) ? source : throw ToolException.Usage($"There is no file \"{source.Path}\" whose schema could be led to.");
    }

    /// <summary>Reads the schema.</summary>
    /// <param name="like">The database whose key and hook every connection gets.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ToolException">The database can't be read.</exception>
    public DatabaseSchema Read(DatabaseFile like, CancellationToken cancellationToken)
    {
        try
        {
            return isScript ? WantedSchema.OfScript(Text(), Path, like, cancellationToken) : WantedSchema.OfFile(like.At(Path), cancellationToken);
        }
        catch (DatabaseUnusableException e)
        {
            // It is not the database of the other options.
            throw new ToolException(ExitCode.Failed, e.Message.Replace("another file in the connection string", "another file (--from-database)", StringComparison.Ordinal), e);
        }
    }

    private string Text()
    {
        try
        {
            return File.ReadAllText(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Usage($"\"{Path}\" can't be read: {e.Message}", e);
        }
    }
}
