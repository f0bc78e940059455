namespace Migrations.Tests.MailServer;

/// <summary>What differs between two lists of lines whose order means nothing, in words.</summary>
internal static class LineDifferences
{
    public static IReadOnlyList<string> Between(IReadOnlyList<string> actual, IReadOnlyList<string> expected)
    {
        List<string> surplus = [.. actual];
        IEnumerable<string> missing = [.. expected.Where(line => !surplus.Remove(line)).Select(line => $"missing: {line}")];
        return [.. missing, .. surplus.Select(line => $"surplus: {line}")];
    }
}
