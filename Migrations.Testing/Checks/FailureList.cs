using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Globalization;

namespace Migrations.Testing.Checks;

/// <summary>What was found, in a few words where a test framework prints the properties of an exception below its message.</summary>
internal sealed class FailureList(ImmutableArray<MigrationCheckFailure> failures) : ReadOnlyCollection<MigrationCheckFailure>(failures)
{
    public override string ToString() => Count == 1 ? "1 failure" : string.Create(CultureInfo.InvariantCulture, $"{Count} failures");
}
