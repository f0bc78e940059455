using Migrations.Core;

namespace Migrations.Tests.Interruption;

/// <summary>Keeps the reports of an alteration and does something with each, on the thread that reports.</summary>
internal sealed class Reports(Action<AlterationProgress>? receive = null) : IProgress<AlterationProgress>
{
    private readonly List<AlterationProgress> all = [];

    public IReadOnlyList<AlterationProgress> All => all;

    /// <summary>Those of copies.</summary>
    public IEnumerable<AlterationProgress> OfCopies => all.Where(report => report.RowsDone is not null);

    public void Report(AlterationProgress value)
    {
        all.Add(value);
        receive?.Invoke(value);
    }
}
