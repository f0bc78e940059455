using System.Collections.Immutable;
using System.Globalization;
using Migrations.Runner;
using Migrations.Runner.Status;

namespace Migrations.Testing.Checks;

/// <summary>Looks at the versions of migrations, without running any.</summary>
internal sealed class VersionCheck
{
    private const string WayOut = "The order of versions is the order in which databases get migrations: see that everyone gets them in the same.";

    // A clock anywhere on earth may show as much as this above UTC, and developers write down what theirs shows.
    private static readonly TimeSpan FurthestZone = TimeSpan.FromHours(14);

    private readonly MigrationSearch search;
    private readonly string? fault;

    public VersionCheck(MigratedDatabaseOptions options)
    {
        DatabaseMigratorOptions asked = CheckedHistory.MigratorOptions(options);
        MigrationModule own = ModuleOrder.Sort(asked).FirstOrDefault(module => module.Name.Length == 0)
            ?? throw new ArgumentException("There are no assemblies with migrations of the application's own.", nameof(options));
        search = new(own, [.. asked.Tags]);
        try
        {
            search.Run();
        }
        catch (MigrationRefusedException e)
        {
            fault = e.Message;
        }
    }

    /// <summary>Whether the versions alone keep the migrations from being run.</summary>
    public static bool HasDuplicates(MigratedDatabaseOptions options) => !new VersionCheck(options).Duplicates().IsEmpty;

    /// <summary>What is wrong with the versions by themselves.</summary>
    public CheckOutcome Run(TimeProvider clock) => Outcome([.. Duplicates(), .. Times(clock)]);

    /// <summary>What is wrong with them beside the record of a file.</summary>
    public CheckOutcome Run(string path)
    {
        ImmutableArray<MigrationCheckFailure> duplicates = Duplicates();
        if (!duplicates.IsEmpty)
        {
            return Outcome(duplicates);
        }

        return SchemaFile.Read(path) is { } file
            ? new(Name, new RecordCheck([.. search.Found], [.. search.LeftOut]).Find(file), RecordCheck.WayOut)
            : new(
                Name,
                [new(null, null, $"\"{path}\", which has the record of released migrations, is not there.")],
                $"Write it: run the check {nameof(MigrationChecks.SchemaFileIsCurrent)} with the environment variable {SchemaFileCheck.WriteVariable}=1.");
    }

    private static string Name => nameof(MigrationChecks.VersionsAreInOrder);

    private static CheckOutcome Outcome(ImmutableArray<MigrationCheckFailure> failures) => new(Name, failures, WayOut);

    private ImmutableArray<MigrationCheckFailure> Duplicates()
    {
        ImmutableArray<MigrationCheckFailure> duplicates =
        [
            .. search.Found.GroupBy(migration => migration.Version).Where(group => group.Skip(1).Any()).Select(group => new MigrationCheckFailure(
                group.Key,
                null,
                $"{group.Count()} migrations have this version. Give all but one another.",
                [.. group.Select(migration => migration.Type.FullName ?? migration.Type.Name)])),
        ];

        // Anything else that stands in the way is told in the words of whoever found it.
        return duplicates.IsEmpty && fault is not null ? [new(null, null, fault)] : duplicates;
    }

    private IEnumerable<MigrationCheckFailure> Times(TimeProvider clock)
    {
        DateTime latest = clock.GetUtcNow().UtcDateTime + FurthestZone;
        foreach (KnownMigration migration in search.Found)
        {
            string digits = migration.Version.ToString(CultureInfo.InvariantCulture);
            if (digits.Length is not (12 or 14) || digits[..2] is not ("19" or "20" or "21"))
            {
                continue;
            }

            string format = digits.Length == 12 ? "yyyyMMddHHmm" : "yyyyMMddHHmmss";
            if (!DateTime.TryParseExact(digits, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time))
            {
                yield return CheckedHistory.Failure(migration, $"the version looks like a time ({format}), and there is no such time. Correct it.");
            }
            else if (time > latest)
            {
                yield return CheckedHistory.Failure(
                    migration,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"the version is a time that is still to come, {time:yyyy-MM-dd HH:mm}. Migrations that others write until then would come before it: correct it."));
            }
        }
    }
}
