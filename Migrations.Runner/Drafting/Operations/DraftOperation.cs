using System.Collections.Immutable;

namespace Migrations.Runner.Drafting.Operations;

/// <summary>One drafted step of a migration. The set is closed: the sealed records in this folder. Immutable.</summary>
internal abstract record DraftOperation
{
    private protected DraftOperation()
    {
    }

    /// <summary>What a person has to look at before the migration runs, one remark each.</summary>
    public ImmutableArray<string> Reviews { get; init; } = [];

    /// <summary>Whether it drops what may hold data.</summary>
    public virtual bool LosesData => false;
}
