using System.Reflection;
using MailServer.Revisions;
using Migrations.Testing;

namespace MailServer.Tests;

/// <summary>The mail server's history, databases at its revisions by number, and rows for them.</summary>
internal static class Mail
{
    public static Assembly Migrations { get; } = typeof(R00_InitialSchema).Assembly;

    /// <summary>A limit of a domain has never been negative, but for the -1 that revision 23 brought.</summary>
    public static GeneratedRows Rows { get; } = new GeneratedRows()
        .With("domain", "max_users", row => row % 3)
        .With("domain", "max_aliases", row => row % 7);

    public static MigratedDatabase Before(int revision) => MigratedDatabase.At(RevisionAttribute.VersionOf(revision) - 1, Migrations);
}
