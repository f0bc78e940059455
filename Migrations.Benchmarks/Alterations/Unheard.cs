using Migrations.Core;

namespace Migrations.Benchmarks.Alterations;

/// <summary>Takes reports and does nothing with them.</summary>
internal sealed class Unheard : IProgress<AlterationProgress>
{
    public void Report(AlterationProgress value)
    {
    }
}
