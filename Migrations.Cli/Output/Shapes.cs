using System.Text.Json.Serialization;
using Migrations.Core;
using Migrations.Runner;
using Migrations.Runner.Fleet;
using Migrations.Runner.Rehearsal;
using Migrations.Runner.Verification;

namespace Migrations.Cli.Output;

/// <summary>The JSON of all answers: camelCase, enumerations as words, nothing left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters =
    [
        typeof(WordConverter<AlterationStrategy>), typeof(WordConverter<DatabaseProblem>), typeof(WordConverter<DatabaseState>), typeof(WordConverter<FindingKind>),
        typeof(WordConverter<FleetOutcome>),
        typeof(WordConverter<MigrationState>), typeof(WordConverter<RehearsalFindingKind>), typeof(WordConverter<RowAccess>),
    ],
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(BackupShape))]
[JsonSerializable(typeof(BackupsShape))]
[JsonSerializable(typeof(ErrorShape))]
[JsonSerializable(typeof(FleetReportShape))]
[JsonSerializable(typeof(FleetShape))]
[JsonSerializable(typeof(FleetStatusShape))]
[JsonSerializable(typeof(NewShape))]
[JsonSerializable(typeof(PlanShape))]
[JsonSerializable(typeof(RehearsalShape))]
[JsonSerializable(typeof(RestoreShape))]
[JsonSerializable(typeof(SchemaShape))]
[JsonSerializable(typeof(ScriptShape))]
[JsonSerializable(typeof(StatusShape))]
[JsonSerializable(typeof(UpgradeShape))]
[JsonSerializable(typeof(VerificationShape))]
internal sealed partial class Shapes : JsonSerializerContext;
