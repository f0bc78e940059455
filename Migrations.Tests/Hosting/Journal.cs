using System.Collections.Concurrent;

namespace Migrations.Tests.Hosting;

/// <summary>What the services of a host did, in order.</summary>
internal sealed class Journal
{
    private readonly ConcurrentQueue<string> entries = new();

    public IReadOnlyList<string> Entries => [.. entries];

    public void Add(string entry) => entries.Enqueue(entry);
}
