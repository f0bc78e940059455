using System.Data;
using FluentMigrator;
using Migrations.Cli.CommandLine;
using Migrations.Core;

namespace Migrations.Cli.Authoring;

/// <summary>What a new migration is called: the name as it was typed, and the class that it makes. Immutable.</summary>
internal sealed record MigrationName(string Description, string Class)
{
    // What a migration's text says by these names would be the class itself.
    private static readonly string[] Members = [nameof(Migration.Up), nameof(Migration.Down), nameof(Rule)];

    /// <summary>Makes a class of a name: "add quota" and "add_quota" become AddQuota; what begins with a capital and is a name in C# stays.</summary>
    /// <exception cref="ToolException">It makes none.</exception>
    public static MigrationName Parse(string text)
    {
        string description = text.Trim();
        if (description.FirstOrDefault(c => !char.IsLetterOrDigit(c) && c is not (' ' or '_' or '-' or '.')) is var odd and not '\0')
        {
            throw ToolException.Usage($"\"{text}\" makes no name of a class, because of the '{odd}': give letters, digits and spaces, such as AddQuota or \"add quota\".");
        }

        string name = char.IsUpper(description.FirstOrDefault()) && CSharpName.IsIdentifier(description)
            ? description
            : string.Concat(description.Split([' ', '_', '-', '.'], StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return !CSharpName.IsIdentifier(name)
            ? throw ToolException.Usage($"\"{text}\" makes no name of a class: begin with a letter, such as AddQuota or \"add quota\".")
            : IsUsed(name)
                ? throw ToolException.Usage($"A migration's class can't be called {name}, for its text uses that name: say what it does, such as AddQuota.")
                : new(description, name);
    }

    private static bool IsUsed(string name) =>
        Members.Contains(name, StringComparer.Ordinal)
        || typeof(Migration).Assembly.GetType($"{nameof(FluentMigrator)}.{name}") is not null
        || typeof(MigrationsException).Assembly.GetType($"{typeof(MigrationsException).Namespace}.{name}") is not null;
}
