using System.Diagnostics;
using Migrations.Benchmarks;
using Migrations.Benchmarks.Alterations;
using Migrations.Benchmarks.Measuring;
using Migrations.Benchmarks.Results;
using Migrations.Benchmarks.Startup;

switch (args)
{
    case [MemoryBenchmark.ChildVerb, string change, string path]:
        return MemoryBenchmark.RunChild(change, path);
    case [StartupBenchmark.ChildVerb, string way, string path]:
        return await StartupProcess.Run(way, path);
}

if (BenchmarkArguments.Parse(args) is not { } arguments)
{
    await Console.Error.WriteLineAsync("""
        all | PART... [--rows N] [--rounds N]

        all runs every part on 1000000 rows in 5 rounds and writes RESULTS.md. Given fewer --rows, or single parts, it only prints.
        The exit code is 0 where every goal is met, 1 where one is missed, 2 where the arguments make no sense. Parts:
        """);
    foreach ((string name, string purpose, _) in BenchmarkParts.All)
    {
        await Console.Error.WriteLineAsync($"    {name,-12}{purpose}");
    }

    return 2;
}

Stopwatch watch = Stopwatch.StartNew();
using Templates templates = new(AccountTable.Fill);
List<ResultTable> tables = [];
foreach (var part in BenchmarkParts.All.Where(part => arguments.Parts.Contains(part.Name)))
{
    ResultTable table = part.Run(arguments.Options, templates);
    tables.Add(table);
    Console.WriteLine(table.ToMarkdown());
}

if (arguments.WritesResults)
{
    await File.WriteAllTextAsync(ResultsDocument.Find(), ResultsDocument.Write(tables, TimeProvider.System.GetUtcNow(), watch.Elapsed));
}

Verdicts verdicts = new(tables);
Console.WriteLine(verdicts);
return verdicts.Missed.Count == 0 ? 0 : 1;
