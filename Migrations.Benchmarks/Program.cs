using System.Globalization;
using Migrations.Benchmarks;

switch (args)
{
    case ["memory"]:
        return MemoryBenchmark.Run(fewRows: 20_000, manyRows: 2_000_000);
    case ["memory", string few, string many]:
        return MemoryBenchmark.Run(Number(few), Number(many));
    case [MemoryBenchmark.ChildVerb, string path]:
        return MemoryBenchmark.RunChild(path);
    case ["copy"]:
        return CopyBenchmark.Run(rows: 500_000, rounds: 7);
    case ["copy", string rows, string rounds]:
        return CopyBenchmark.Run(Number(rows), Number(rounds));
    case ["startup"]:
        return StartupBenchmark.Run(rounds: 20);
    case ["startup", string rounds]:
        return StartupBenchmark.Run(Number(rounds));
    case [StartupBenchmark.ChildVerb, string way, string path]:
        return await StartupProcess.Run(way, path);
    default:
        await Console.Error.WriteLineAsync("""
            memory [FEW MANY]     peak memory of a copy of MANY rows against one of FEW (20000, 2000000)
            copy [ROWS ROUNDS]    time of a copy against the same copy written by hand in SQL (500000, 7)
            startup [ROUNDS]      time of a start with nothing pending against FluentMigrator's (20)
            """);
        return 2;
}

static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
