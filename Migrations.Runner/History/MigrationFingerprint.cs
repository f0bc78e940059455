using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FluentMigrator;
using FluentMigrator.Infrastructure;

namespace Migrations.Runner.History;

/// <summary>
/// A short text that is the same for two migrations that say the same, whatever their classes are called, and however and where they
/// were compiled. It is taken from what a migration's Up says, before naming conventions, without a database: once as if
/// everything that it asks for were there, and once as if nothing were.
/// </summary>
/// <remarks>
/// Delegates count by their place only, since compiled code can't be compared.
/// </remarks>
internal static class MigrationFingerprint
{
    // The shape of what is hashed: this library's number, and FluentMigrator's version, whose expressions it is made of.
    internal static readonly string Format = string.Create(
        CultureInfo.InvariantCulture, $"1-{typeof(IMigration).Assembly.GetName().Version?.ToString(2)}:");

    /// <summary>Whether a fingerprint can be compared with one that is taken now.</summary>
    public static bool IsComparable(string? fingerprint) => fingerprint?.StartsWith(Format, StringComparison.Ordinal) == true;

    /// <summary>
    /// Takes a fingerprint; null where a migration says something else each time, or can't speak without its database.
    /// </summary>
    public static string? Of(IMigration migration, IServiceProvider services)
    {
        string? absent = Read(migration, services, answer: false);
        string? present = Read(migration, services, answer: true);
        if (absent is null && present is null)
        {
            return null;
        }

        // Where both say the same nothing was random; where they don't, each has to say it twice.
        if (absent != present && (absent != Read(migration, services, answer: false) || present != Read(migration, services, answer: true)))
        {
            return null;
        }

        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{absent ?? "fails"}\n---\n{present ?? "fails"}"));
        return Format + Convert.ToHexStringLower(hash);
    }

    private static string? Read(IMigration migration, IServiceProvider services, bool answer)
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            // Without a connection string, whoever opens a connection of his own gets none.
            MigrationContext context = new(new AssumedSchema(answer), services, connection: "");
            migration.GetUpExpressions(context);
            return CanonicalText.Of(context.Expressions, services);
        }
#pragma warning disable CA1031 // The application's code, run where it does not expect it: it may fail with anything.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
