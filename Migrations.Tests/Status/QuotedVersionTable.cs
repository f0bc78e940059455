using FluentMigrator.Runner.Conventions;
using FluentMigrator.Runner.Initialization;
using FluentMigrator.Runner.VersionTableInfo;
using Microsoft.Extensions.Options;

namespace Migrations.Tests.Status;

/// <summary>A version table with names that need quotes, made as FluentMigrator's documentation shows it.</summary>
internal sealed class QuotedVersionTable : DefaultVersionTableMetaData
{
    public QuotedVersionTable(IConventionSet conventionSet, IOptions<RunnerOptions> runnerOptions)
        : base(conventionSet, runnerOptions)
    {
    }

    public override string TableName => "My \"Versions";

    public override string ColumnName => "the version";
}
