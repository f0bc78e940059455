using System.Globalization;
using System.Text;
using FluentMigrator;
using FluentMigrator.Runner.Generators.SQLite;
using Migrations.Core.Authoring;

namespace Migrations.Runner.Generation;

/// <summary>
/// Literals that hold the whole value, in the form in which Microsoft.Data.Sqlite stores a parameter of it; what has no such
/// literal is refused.
/// </summary>
internal sealed class LosslessQuoter(bool binaryGuid) : SQLiteQuoter(binaryGuid)
{
    // A random (version 4) UUID as Microsoft.Data.Sqlite writes one.
    private const string RandomGuid =
        "(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || "
        + "substr('89AB', 1 + (abs(random()) % 4), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))";

    private readonly bool binaryGuid = binaryGuid;

    public override string QuoteValue(object value) => value switch
    {
        null or DBNull => "NULL",
        RawSql or SystemMethods or Enum => base.QuoteValue(value),
        Guid guid when binaryGuid => FormatGuid(guid),
        char character => Text(character.ToString()),
        string or NonUnicodeString => Text(value.ToString()!), // Both give their text.
        _ => Literal(value),
    };

    public override string FormatSystemMethods(SystemMethods value) => value switch
    {
        SystemMethods.NewGuid or SystemMethods.NewSequentialId => binaryGuid ? "(randomblob(16))" : RandomGuid,
        SystemMethods.CurrentDateTimeOffset => "(strftime('%Y-%m-%d %H:%M:%f+00:00', 'now'))",
        _ => base.FormatSystemMethods(value),
    };

    /// <summary>
    /// The literals by which a value is to be found: its own, and the one that FluentMigrator's own SQLite processor wrote for it.
    /// </summary>
    public IEnumerable<string> QuoteForSearch(object value)
    {
        yield return QuoteValue(value);
        if (value is Guid guid && !binaryGuid)
        {
            yield return $"'{guid}'";
        }
        else if (value is DateTime time)
        {
            yield return $"'{time.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)}'";
        }
    }

    // The text of a statement ends at a NUL, so such a string has to come as bytes.
    private static string Text(string value) =>
        value.Contains('\0', StringComparison.Ordinal)
            ? $"CAST(x'{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(value))}' AS TEXT)"
            : Literal(value);

    private static string Literal(object value)
    {
        try
        {
            return SqlLiteral.Of(value);
        }
        catch (ArgumentException exception)
        {
            throw new MigrationRefusedException(
                $"The value {value} of type {value.GetType().Name} can't be written into the database as it is: {exception.Message}",
                innerException: exception);
        }
    }
}
