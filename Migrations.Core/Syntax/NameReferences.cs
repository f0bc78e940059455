namespace Migrations.Core.Syntax;

/// <summary>
/// Which names a piece of SQL mentions, by token: strings, comments and keywords in their own role are opaque.
/// An answer "no" is certain; "yes" may mean another object of the same name.
/// </summary>
internal static partial class NameReferences;
