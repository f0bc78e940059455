namespace Migrations.Core.Alteration.Editing;

/// <summary>
/// One column or constraint between the parentheses of a CREATE TABLE, with all text that goes with it: what stands
/// before it (white space, comments on lines of their own), itself, what stands before its comma, whether it has a
/// comma, and the rest of its line after the comma. Immutable.
/// </summary>
internal sealed record TableBodyItem(string Lead, string Core, string BeforeComma, bool HasComma, string Tail, bool IsColumn);
