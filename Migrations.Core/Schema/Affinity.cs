namespace Migrations.Core.Schema;

/// <summary>Column affinities (datatype3.html, section 3).</summary>
internal enum Affinity
{
    Blob,
    Text,
    Numeric,
    Integer,
    Real,
}
