using System.Collections.Immutable;
using System.Globalization;
using Migrations.Core.Schema.Script;
using Migrations.Runner;
using Migrations.Runner.Status;

namespace Migrations.Testing.Checks;

/// <summary>Compares the committed file with the schema that the migrations make, and writes it.</summary>
internal sealed class SchemaFileCheck(CheckedHistory history, string path, string check)
{
    /// <summary>Set to 1, it has the check write the file instead of failing.</summary>
    public const string WriteVariable = "MIGRATIONS_WRITE_SCHEMA";

    /// <summary>Set where nobody looks at what is written (most systems of continuous integration).</summary>
    public const string IntegrationVariable = "CI";

    private const string WayOut =
        "If the schema is meant to be so, write the file and review its difference: run this test with the environment variable "
        + $"{WriteVariable}=1, or call {nameof(MigrationChecks)}.{nameof(MigrationChecks.WriteSchemaFile)}.";

    public static bool MayWrite(Func<string, string?> variable) =>
        variable(WriteVariable) is "1" && string.IsNullOrEmpty(variable(IntegrationVariable));

    public CheckOutcome Run(bool mayWrite)
    {
        string script;
        try
        {
            script = Script();
        }
        catch (UpgradeFailedException e)
        {
            return Outcome(history.Failure(e, CheckedHistory.FailsWithoutRows));
        }

        SchemaFile? file = SchemaFile.Read(path);
        SchemaFile current = SchemaFile.Of(path, script);
        if (file is not null && file.Lines.SequenceEqual(current.Lines))
        {
            return new(check, [], WayOut);
        }

        if (mayWrite)
        {
            return Write(script, file);
        }

        return Outcome(file is null
            ? new(null, null, $"\"{path}\" is not there.")
            : new(
                null,
                null,
                $"\"{path}\" is not what the migrations make (- the file, + the migrations).",
                LineDiff.Of(file.Lines, current.Lines, string.Equals)));
    }

    /// <summary>Writes the file, unless that would change the record of migrations that were there before.</summary>
    public CheckOutcome Write()
    {
        try
        {
            return Write(Script(), SchemaFile.Read(path));
        }
        catch (UpgradeFailedException e)
        {
            return Outcome(history.Failure(e, CheckedHistory.FailsWithoutRows));
        }
    }

    private CheckOutcome Write(string script, SchemaFile? file)
    {
        ImmutableArray<MigrationCheckFailure> violations = file is null ? [] : new RecordCheck(history.Known, history.LeftOut).Find(file);
        if (!violations.IsEmpty)
        {
            return new(check, violations, $"\"{path}\" was not written: it would no longer tell of this. {RecordCheck.WayOut}");
        }

        SchemaFile.Write(path, script);
        return new(check, [], WayOut);
    }

    private string Script()
    {
        using MigratedDatabase database = history.AtNewest();
        return SchemaScript.Write(database.Connection, history.IsOwn, history.Known.Select(Line));
    }

    private static string Line(KnownMigration migration) =>
        string.Create(CultureInfo.InvariantCulture, $"{migration.Version} {RecordCheck.NameOf(migration)}");

    private CheckOutcome Outcome(MigrationCheckFailure failure) => new(check, [failure], WayOut);
}
