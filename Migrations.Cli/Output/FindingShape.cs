using Migrations.Runner.Verification;

namespace Migrations.Cli.Output;

/// <summary>One thing that is not as it should be.</summary>
internal sealed record FindingShape(FindingKind Kind, string Text)
{
    public static FindingShape Of(Finding finding) => new(finding.Kind, finding.Text);
}
