using System.Diagnostics;
using System.Text.Json;
using Migrations.Cli.CommandLine;
using Migrations.Cli.Output;

namespace Migrations.Cli.Loading;

/// <summary>Builds a project, and asks MSBuild what it is.</summary>
internal sealed class ProjectBuild(string path, string? configuration, Terminal terminal, CancellationToken cancellationToken)
{
    /// <summary>Builds it.</summary>
    /// <exception cref="ToolException">There is no project, or it can't be built.</exception>
    public async Task<BuiltProject> RunAsync()
    {
        string project = Find();
        string[] settings = configuration is null ? [] : [$"-p:Configuration={configuration}"];
        terminal.Note($"Building \"{project}\".");

        // Servers that outlive the build would keep its output open.
        (int exitCode, string output, string errorOutput) = await DotnetAsync(
            ["build", project, "-nologo", "-verbosity:quiet", "-nodeReuse:false", "-p:UseSharedCompilation=false", .. settings]);
        if (exitCode != 0)
        {
            string errors = string.Join(
                Environment.NewLine,
                (output + errorOutput).Split('\n').Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)).Select(line => line.Trim()).Distinct(StringComparer.Ordinal));
            throw new ToolException(ExitCode.Failed, $"\"{project}\" can't be built.{Environment.NewLine}{errors}");
        }

        (exitCode, output, _) = await DotnetAsync(
            ["msbuild", project, "-nologo", "-nodeReuse:false", "-getProperty:TargetPath", "-getProperty:RootNamespace", .. settings]);
        (string target, string rootNamespace) = exitCode == 0 ? Properties(output) : ("", "");
        return target.Length > 0
            ? new(project, target, rootNamespace)
            : throw ToolException.Usage($"\"{project}\" says of no single assembly that it is what it builds: name the one that is meant by --assembly.");
    }

    private static (string Target, string RootNamespace) Properties(string output)
    {
        using JsonDocument document = JsonDocument.Parse(output);
        JsonElement properties = document.RootElement.GetProperty("Properties");
        return (properties.GetProperty("TargetPath").GetString() ?? "", properties.GetProperty("RootNamespace").GetString() ?? "");
    }

    private string Find()
    {
        if (File.Exists(path))
        {
            return path;
        }

        if (!Directory.Exists(path))
        {
            throw ToolException.Usage($"There is no project \"{path}\".");
        }

        string[] found = Directory.GetFiles(path, "*.*proj");
        return found switch
        {
            [{ } one] => one,
            [] => throw ToolException.Usage($"There is no project in \"{path}\": name one by --project."),
            _ => throw ToolException.Usage($"There are {found.Length} projects in \"{path}\": name the one that is meant by --project."),
        };
    }

    private async Task<(int ExitCode, string Output, string Error)> DotnetAsync(string[] arguments)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using Process process = Process.Start(start) ?? throw new ToolException(ExitCode.Failed, "\"dotnet\" did not start.");
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
