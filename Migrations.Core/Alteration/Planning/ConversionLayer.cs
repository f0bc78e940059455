using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>
/// One level of the SELECT that feeds a copy: columns that get a new value from the columns of the level below.
/// All expressions of a level see the values of the level below, as the right sides of one UPDATE do. Immutable.
/// </summary>
internal sealed record ConversionLayer(ImmutableDictionary<SqlIdentifier, string> Expressions);
