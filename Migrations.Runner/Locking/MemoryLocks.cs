using System.Collections.Concurrent;

namespace Migrations.Runner.Locking;

/// <summary>The locks of databases in memory, which only this process can reach.</summary>
internal static class MemoryLocks
{
    private static readonly ConcurrentDictionary<string, object> Held = new(StringComparer.Ordinal);

    public static bool TryTake(string name) => Held.TryAdd(name, name);

    public static void Release(string name) => Held.TryRemove(name, out _);
}
