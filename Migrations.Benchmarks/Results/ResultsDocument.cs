using System.Globalization;
using System.Text;

namespace Migrations.Benchmarks.Results;

/// <summary>All that was measured in one run, as RESULTS.md says it.</summary>
internal static class ResultsDocument
{
    private const string Name = "RESULTS.md";

    public static string Write(IReadOnlyList<ResultTable> tables, DateTimeOffset date, TimeSpan duration)
    {
        Verdicts verdicts = new(tables);
        StringBuilder text = new();
        text.Append("# Results\n\nWritten by `dotnet run -c Release --project Migrations.Benchmarks -- all`, which took ")
            .Append(CultureInfo.InvariantCulture, $"{duration.TotalMinutes:F0} minutes on {date:yyyy-MM-dd}. ")
            .Append("Each ratio is one of medians: what this library took, divided by what its yardstick took. ")
            .Append("Both took turns in one process, each time on a fresh copy of the same file.\n\n")
            .Append(CultureInfo.InvariantCulture, $"**{verdicts}**\n");
        foreach (Measurement missed in verdicts.Missed)
        {
            text.Append(CultureInfo.InvariantCulture, $"- missed: {missed.Name}, {missed.Ratio:F3} of {missed.Yardstick}, goal {missed.Goal}\n");
        }

        text.Append("\n| machine and versions | |\n| --- | --- |\n");
        foreach ((string name, string value) in Surroundings.Read())
        {
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {value} |\n");
        }

        foreach (ResultTable table in tables)
        {
            text.Append('\n').Append(table.ToMarkdown());
        }

        return text.ToString();
    }

    /// <summary>Where it belongs: beside this project, which is looked for from the program upwards.</summary>
    public static string Find()
    {
        string project = typeof(ResultsDocument).Assembly.GetName().Name!; // An assembly that runs has a name.
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, project, $"{project}.csproj")))
            {
                return Path.Combine(folder.FullName, project, Name);
            }
        }

        throw new InvalidOperationException($"{Name} can't be written: the program does not run from within its repository.");
    }
}
