using Migrations.Runner.Verification;

namespace Migrations.Cli.Output;

/// <summary>One thing that is not as it should be.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Text">What it is, for people.</param>
internal sealed record FindingShape(FindingKind Kind, string Text)
{
    public static FindingShape Of(Finding finding) => new(finding.Kind, finding.Text);
}
