using System.Collections.Immutable;
using System.Globalization;

namespace Migrations.Runner.Verification;

/// <summary>Findings as they are made: of each kind only so many are kept, and the others counted.</summary>
internal sealed class FindingList
{
    private const int MostOfAKind = 100;

    private readonly ImmutableArray<Finding>.Builder findings = ImmutableArray.CreateBuilder<Finding>();

    public bool Has(FindingKind kind) => findings.Any(finding => finding.Kind == kind);

    public void Add(FindingKind kind, string text) => findings.Add(new(kind, text));

    public void AddAll(FindingKind kind, IEnumerable<string> texts)
    {
        long count = 0;
        try
        {
            foreach (string text in texts)
            {
                if (++count <= MostOfAKind)
                {
                    Add(kind, text);
                }
            }
        }
        finally
        {
            if (count > MostOfAKind)
            {
                Add(kind, string.Create(CultureInfo.InvariantCulture, $"and {count - MostOfAKind} more"));
            }
        }
    }

    public ImmutableArray<Finding> ToImmutable() => findings.ToImmutable();
}
