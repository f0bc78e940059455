namespace Migrations.Runner.Status;

/// <summary>Holds applied versions, as they are read, against what the application knows.</summary>
internal sealed class VersionMatch
{
    // On the way of every start, like all that calls this: plain loops, because each generic method that is new would be compiled first.
    private readonly MigrationCatalog[] catalogs;
    private readonly bool[][] found;
    private readonly int[] count;
    private readonly long[] newest;

    public VersionMatch(MigrationCatalog[] catalogs)
    {
        this.catalogs = catalogs;
        found = new bool[catalogs.Length][];
        count = new int[catalogs.Length];
        newest = new long[catalogs.Length];
        for (int i = 0; i < catalogs.Length; i++)
        {
            found[i] = new bool[catalogs[i].Count];
        }
    }

    /// <summary>Takes an applied version; false where the application does not know it.</summary>
    public bool Add(int module, long version)
    {
        newest[module] = Math.Max(newest[module], version);
        int index = catalogs[module].IndexOf(version);
        if (index < 0)
        {
            return catalogs[module].IsLeftOut(version);
        }

        if (!found[module][index])
        {
            found[module][index] = true;
            count[module]++;
        }

        return true;
    }

    /// <summary>The newest version of each module; null where something is not applied.</summary>
    public ModuleVersion[]? Newest()
    {
        ModuleVersion[] versions = new ModuleVersion[catalogs.Length];
        for (int i = 0; i < catalogs.Length; i++)
        {
            if (count[i] != catalogs[i].Count)
            {
                return null;
            }

            versions[i] = new(catalogs[i].Module.Name, newest[i]);
        }

        return versions;
    }
}
