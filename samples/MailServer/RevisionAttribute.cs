using System.Globalization;
using FluentMigrator;

namespace MailServer;

/// <summary>
/// A step of the mail server's history: its number (0 for the initial schema) and its name. FluentMigrator counts from 1,
/// because its version 0 means "nothing applied", so a revision is recorded as version <c>number + 1</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RevisionAttribute(int number, string name, string title)
    : MigrationAttribute(VersionOf(number), string.Create(CultureInfo.InvariantCulture, $"{number:00} {name} {title}"))
{
    /// <summary>The place in the history, from 0.</summary>
    public int Number { get; } = number;

    /// <summary>The revision's name, twelve hexadecimal digits.</summary>
    public string Name { get; } = name;

    /// <summary>What the revision does.</summary>
    public string Title { get; } = title;

    internal static long VersionOf(int number) => number + 1L;

    internal static int NumberOf(long version) => checked((int)(version - 1));
}
