using FluentMigrator.Infrastructure;

namespace Migrations.Runner.Generation;

/// <summary>
/// What other databases' extensions ask of an index or constraint, by the keys under which FluentMigrator 8 carries it: a
/// filter is kept, a matter of storage means nothing here, and what would change the meaning is refused.
/// </summary>
internal static class IndexFeatures
{
    private static readonly HashSet<string> Filters =
        new(["SqlServerIndexFilter", "SqlServerUniqueConstraintFilter", "PostgresIndexFilter"], StringComparer.Ordinal);

    // How an index is laid out or built, never what it holds or forbids.
    private static readonly HashSet<string> Storage = new(
        [
            "SqlServerOnlineIndex", "SqlServerConstraintType", "SqlServerDataCompression",
            "PostgresConcurrently", "PostgresFillFactor", "PostgresBTreeVacuumCleanupIndexScaleFactor", "PostgresGinFastUpdate",
            "PostgresGinPendingListLimit", "PostgresGiSTBuffering", "PostgresBrinPagesPerRange", "PostgresBrinautosummarize",
            "PostgresTablespace", "PostgresIndexTablespace", "MySqlIndexType",
        ],
        StringComparer.Ordinal);

    /// <summary>The condition of a partial index, null where all rows are meant.</summary>
    public static string? ReadFilter(ISupportAdditionalFeatures definition, string index)
    {
        string? filter = null;
        foreach ((string key, object? value) in definition.AdditionalFeatures)
        {
            if (Filters.Contains(key))
            {
                filter = value as string;
            }
            else if (!Storage.Contains(key) && IsAsked(value))
            {
                throw Refuse(index, key);
            }
        }

        return string.IsNullOrWhiteSpace(filter) ? null : filter;
    }

    /// <summary>Refuses what a column of an index is asked to do beyond its direction.</summary>
    public static void CheckColumn(ISupportAdditionalFeatures column, string index)
    {
        foreach ((string key, object? value) in column.AdditionalFeatures)
        {
            // NULLs are distinct in every unique index of SQLite, so asking for that asks for nothing.
            bool isDefault = key.EndsWith("NullsDistinct", StringComparison.Ordinal) && value is true;
            if (!isDefault && IsAsked(value))
            {
                throw Refuse(index, key);
            }
        }
    }

    private static bool IsAsked(object? value) =>
        value is not null and not false && value is not System.Collections.ICollection { Count: 0 };

    private static MigrationRefusedException Refuse(string index, string feature) => new(
        $"The index \"{index}\" asks for {feature}, which SQLite doesn't have: without it the index would be another one. "
        + "Leave it out for SQLite with IfDatabase, or put the columns into the index itself.");
}
