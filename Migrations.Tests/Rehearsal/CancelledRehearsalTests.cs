using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Rehearsal;

[Parallelizable(ParallelScope.All)]
internal sealed class CancelledRehearsalTests
{
    private const string Endless = "INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0";

    [TestCase(UpgradePhase.BackingUp, null)]
    [TestCase(UpgradePhase.Migrating, "First")]
    [TestCase(UpgradePhase.Checking, null)]
    [TestCase(UpgradePhase.Migrating, "First, up")]
    [TestCase(UpgradePhase.Migrating, "First, down")]
    [TestCase(UpgradePhase.Migrating, "Second, up again")]
    public void Cancelled_rehearsal_deletes_its_copies(UpgradePhase phase, string? name)
    {
        using RehearsalFile file = new();
        file.Execute("CREATE TABLE old (a); INSERT INTO old VALUES (1)");
        DatabaseSnapshot before = file.Live.Snapshot();
        using CancellationTokenSource source = new();
        EmittedStep[] steps =
        [
            EmittedStep.Sql(1, "CREATE TABLE t (a); INSERT INTO t VALUES (1)", "DROP TABLE t") with { Description = "First" },
            EmittedStep.Sql(2, "CREATE TABLE t2 (a)", "DROP TABLE t2") with { Description = "Second" },
        ];

        Assert.That(
            () => file.Rehearse(
                EmittedAssembly.Of(steps),
                progress =>
                {
                    if (progress.Phase == phase && progress.Migration?.Name == name)
                    {
                        source.Cancel();
                    }
                },
                configure: options => options.UnversionedDatabase = HistoryPolicy.Allow,
                cancellationToken: source.Token),
            Throws.InstanceOf<OperationCanceledException>());

        Assert.That(source.IsCancellationRequested, Is.True);
        file.AssertNoCopies();
        file.Live.Snapshot().AssertSameAs(before);
    }

    [Test]
    public void Endless_statement_of_a_Down_is_interrupted()
    {
        using RehearsalFile file = new();
        using CancellationTokenSource source = new();

        Assert.That(
            () => file.Rehearse(
                EmittedAssembly.Of(EmittedStep.Sql(1, "CREATE TABLE t (a)", Endless) with { Description = "First" }),
                progress =>
                {
                    if (progress.Migration?.Name == "First, down")
                    {
                        source.CancelAfter(TimeSpan.FromMilliseconds(50));
                    }
                },
                cancellationToken: source.Token),
            Throws.InstanceOf<OperationCanceledException>());
        file.AssertNoCopies();
    }
}
