using System.Collections.Immutable;
using System.Globalization;
using Migrations.Runner.Status;

namespace Migrations.Testing.Checks;

/// <summary>
/// Compares the migrations with the record at the head of the committed file: databases out there have applied what is recorded, so it
/// stays as it is, and what is new comes after it.
/// </summary>
internal sealed class RecordCheck(ImmutableArray<KnownMigration> known, ImmutableArray<long> leftOut)
{
    public const string WayOut =
        "What was released stays as it is: change new migrations, not released ones. What never left this computer may be corrected by hand at the head of the file.";

    /// <summary>The description, or the name of the class, in one line, as the record has it.</summary>
    public static string NameOf(KnownMigration migration) => (migration.Description ?? migration.Type.Name).ReplaceLineEndings(" ").Trim();

    public ImmutableArray<MigrationCheckFailure> Find(SchemaFile file)
    {
        if (!file.MergeMarkers.IsEmpty)
        {
            return
            [
                new(
                    null,
                    null,
                    $"\"{file.Path}\" has the marks of a merge that is not resolved. Take the file of the branch that is merged into "
                    + $"(git checkout --ours or --theirs), so that the record is what was released there, and write it anew with {SchemaFileCheck.WriteVariable}=1.",
                    [.. file.MergeMarkers.Select(line => string.Create(CultureInfo.InvariantCulture, $"line {line}: {file.Lines[line - 1]}"))]),
            ];
        }

        Dictionary<long, string> record = [];
        ImmutableArray<MigrationCheckFailure>.Builder failures = ImmutableArray.CreateBuilder<MigrationCheckFailure>();
        foreach ((long version, string name) in file.Record)
        {
            if (!record.TryAdd(version, name))
            {
                failures.Add(new(version, null, $"\"{file.Path}\" names it twice, as \"{record[version]}\" and \"{name}\"."));
            }
        }

        AddVanished(file, record, failures);
        AddOlder(file, record, failures);
        return failures.ToImmutable();
    }

    private void AddVanished(SchemaFile file, Dictionary<long, string> record, ImmutableArray<MigrationCheckFailure>.Builder failures)
    {
        foreach ((long version, string name) in record)
        {
            if (known.FirstOrDefault(migration => migration.Version == version) is not { } migration)
            {
                if (!leftOut.Contains(version))
                {
                    failures.Add(new(
                        version, null, $"\"{file.Path}\" has it as \"{name}\", and there is no such migration any more. Databases that have applied it would not be known."));
                }
            }
            else if (NameOf(migration) != name)
            {
                failures.Add(CheckedHistory.Failure(
                    migration,
                    $"\"{file.Path}\" has this version as \"{name}\", now it is \"{NameOf(migration)}\". If another migration took the version, databases that have "
                    + "applied the first will never get it: give it a version of its own. If it was only renamed, change the name in the file."));
            }
        }
    }

    private void AddOlder(SchemaFile file, Dictionary<long, string> record, ImmutableArray<MigrationCheckFailure>.Builder failures)
    {
        if (record.Count == 0)
        {
            return;
        }

        long newest = record.Keys.Max();
        failures.AddRange(known
            .Where(migration => migration.Version < newest && !record.ContainsKey(migration.Version))
            .Select(migration => CheckedHistory.Failure(
                migration,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"it is not in \"{file.Path}\", and older than migration {newest} \"{record[newest]}\", which is. Databases at version {newest} would get it "
                    + $"after that one, others before: give it a version above {newest}."))));
    }
}
