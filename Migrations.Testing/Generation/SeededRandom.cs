namespace Migrations.Testing.Generation;

/// <summary>Chance that is the same on every machine and every version of .NET: SplitMix64.</summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong state = seed;

    /// <summary>Chance for one purpose, independent of that for others.</summary>
    public SeededRandom(int seed, string purpose)
        : this(Hash(seed, purpose))
    {
    }

    /// <summary>A number from 0 to below a bound above 0.</summary>
    public int Next(int bound) => (int)(Next() % (ulong)bound);

    public bool Chance(int percent) => Next(100) < percent;

    public T Pick<T>(IReadOnlyList<T> from) => from[Next(from.Count)];

    private ulong Next()
    {
        state = unchecked(state + 0x9E3779B97F4A7C15);
        ulong z = state;
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }

    // FNV-1a: string.GetHashCode differs from run to run.
    private static ulong Hash(int seed, string purpose)
    {
        ulong hash = unchecked(14695981039346656037 ^ (ulong)seed);
        foreach (char c in purpose)
        {
            hash = unchecked((hash ^ c) * 1099511628211);
        }

        return hash;
    }
}
