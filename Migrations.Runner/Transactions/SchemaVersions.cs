using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Runner.Connections;

namespace Migrations.Runner.Transactions;

/// <summary>
/// The schema cookies of all databases of a connection (pragma.html#pragma_schema_version): equal as long as nobody has
/// changed a schema. Immutable.
/// </summary>
internal sealed class SchemaVersions : IEquatable<SchemaVersions>
{
    private readonly ImmutableArray<string> versions;

    private SchemaVersions(ImmutableArray<string> versions) => this.versions = versions;

    public static SchemaVersions Read(SqliteConnection connection) => new(
    [
        .. AttachedDatabases.Read(connection).Select(database => string.Create(
            CultureInfo.InvariantCulture,
            $"{database.Quoted} {connection.ReadInteger($"PRAGMA {database.Quoted}.schema_version")}")),
    ]);

    public bool Equals(SchemaVersions? other) => other is not null && versions.SequenceEqual(other.versions, StringComparer.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as SchemaVersions);

    public override int GetHashCode() => versions.Aggregate(0, HashCode.Combine);
}
