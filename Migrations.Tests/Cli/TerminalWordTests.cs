using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Migrations.Runner;
using NUnit.Framework;

namespace Migrations.Tests.Cli;

/// <summary>The libraries name properties of their options as the way out; the tool names its own.</summary>
internal sealed partial class TerminalWordTests
{
    // Said of what only a class with the application's options sets, and so in its words; or a part of a sentence that ToolWords sees as a whole.
    private static readonly string[] OfApplications =
    [
        "Backup.Keep is ",
        ": keep at least 1, or switch Backup.Enabled off.",
        "OnFailure is RestoreBackup and Backup.Enabled is false: there would be nothing to restore.",
        "LockTimeout is ",
        "BusyTimeout is ",
        "ConnectionString is empty: \"Data Source=app.db\" would do.",
        "OutOfOrder",
        "EditedMigrations",
        "LockTimeout",
    ];

    [Test]
    public void No_message_of_the_libraries_names_an_option_that_the_tool_has_another_name_for()
    {
        string[] left = [.. Literals(typeof(DatabaseMigrator).Assembly.Location).Select(Translate).Where(text => Names().IsMatch(text) && !text.Contains("IMigratorSetup", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];

        Assert.That(left, Is.EquivalentTo(OfApplications));
    }

    [TestCase("another connection has used it for longer than the timeout. Close it, or set a longer BusyTimeout.", "another connection has used it for longer than the timeout. Close it, or wait longer (--timeout).")]
    [TestCase("Wait for it. A longer LockTimeout waits longer.", "Wait for it. A longer --timeout waits longer.")]
    [TestCase("table \"BusyTimeout\"", "table \"BusyTimeout\"")]
    public void Phrases_are_translated_and_names_are_not(string message, string expected) => Assert.That(Translate(message), Is.EqualTo(expected));

    private static string Translate(string message) => (string)ToolAssembly.Call("Output.ToolWords", "Of", message)!; // It returns one.

    private static List<string> Literals(string assembly)
    {
        using PEReader file = new(File.OpenRead(assembly));
        MetadataReader metadata = file.GetMetadataReader();
        List<string> literals = [];
        for (UserStringHandle next = MetadataTokens.UserStringHandle(1); !next.IsNil; next = metadata.GetNextHandle(next))
        {
            literals.Add(metadata.GetUserString(next));
        }

        return literals;
    }

    [GeneratedRegex(
        @"in the connection string|\b(BusyTimeout|LockTimeout|OutOfOrder|EditedMigrations|UnknownMigrations|UnversionedDatabase|MissingModules|NewerDatabase|ConnectionString|ChecksAfterUpgrade|ChecksFreeSpace|Backup\.\w+)\b",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Names();
}
