namespace Migrations.Testing.Generation;

/// <summary>What a column holds, by its declared type, its name and its default.</summary>
internal enum ValueKind
{
    Integer,
    Boolean,
    Real,
    Decimal,
    Text,
    Blob,
    Date,
    DateTime,
    Time,
    Guid,
    Json,
    Email,
    Url,

    /// <summary>Values of any storage class.</summary>
    Any,
}
