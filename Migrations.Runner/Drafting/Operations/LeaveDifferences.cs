using System.Collections.Immutable;
using Migrations.Core;

namespace Migrations.Runner.Drafting.Operations;

/// <summary>Differences that no verb can make go. Nothing is run for them.</summary>
internal sealed record LeaveDifferences(ImmutableArray<SchemaDifference> Differences) : DraftOperation;
