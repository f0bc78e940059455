using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>Rows for which a condition holds, on the values that <paramref name="Levels"/> conversions leave, can't be converted. Immutable.</summary>
internal sealed record ConversionGuard(SqlIdentifier Column, string Condition, string Reason, int Levels);
