using System.Reflection;
using MailServer.Revisions;
using Migrations.Testing;

namespace MailServer.Tests;

/// <summary>The mail server's history, databases at its revisions by number, and rows for them.</summary>
internal static class Mail
{
    public static Assembly Migrations { get; } = typeof(R00_InitialSchema).Assembly;

    /// <summary>
    /// No limit of a domain is negative, as before revision 23; thresholds have fractions, which revisions 4 and 5 cut off; local parts
    /// differ in case, which revisions 22 and 32 forget.
    /// </summary>
    public static GeneratedRows Rows { get; } = new GeneratedRows()
        .With("domain", "max_users", row => row % 3)
        .With("domain", "max_aliases", row => row % 7)
        .With("user", "spam_threshold", row => 9 + (row / 10.0))
        .With("user", "localpart", row => row % 2 == 0 ? "Info" : "info");

    public static MigratedDatabase Before(int revision) => MigratedDatabase.At(RevisionAttribute.VersionOf(revision) - 1, Migrations);
}
