using Migrations.Core;

namespace Migrations.Tests.Corpus;

/// <summary>What a change left, seen before it was taken back: either an error, or the table's meaning and the database's content.</summary>
internal sealed record Outcome
{
    /// <summary>What was thrown; null where the change was made.</summary>
    public Exception? Error { get; init; }

    /// <summary>The refusal of the engine, null where it made the change or SQLite alone was asked.</summary>
    public MigrationsException? Refusal => Error as MigrationsException;

    public bool Succeeded => Error is null;

    public TableMeaning? Meaning { get; init; }

    public required DatabaseContent Content { get; init; }

    /// <summary>Views and triggers that did compile before and don't any more.</summary>
    public required IReadOnlyDictionary<string, string> NewCompileErrors { get; init; }

    /// <summary>What integrity_check says of the table where it is not "ok".</summary>
    public string? Damage { get; init; }

    /// <summary>Rows of foreign_key_check that were not there before, or its error.</summary>
    public string? NewViolations { get; init; }
}
