namespace Migrations.Core.Schema;

/// <summary>Whether and how a column is computed (gencol.html).</summary>
internal enum GeneratedKind
{
    None,
    Virtual,
    Stored,
}
