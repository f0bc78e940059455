using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Testing.Generation;

/// <summary>A table or view in which a trigger looks for a new row's values, and the columns by which it does. Immutable.</summary>
internal sealed record Lookup(SqlIdentifier Source, ImmutableArray<SqlIdentifier> SourceColumns, ImmutableArray<int> Columns);
