using FluentMigrator;
using FluentMigrator.Expressions;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Conventions;
using FluentMigrator.Runner.Generators;
using FluentMigrator.Runner.Processors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Migrations.Runner.History;

/// <summary>A processor that runs nothing and keeps the SQL it is given.</summary>
internal sealed class RecordedSql : ConnectionlessProcessor, IMigrationProcessor
{
    private readonly List<string> statements = [];

    private RecordedSql(IServiceProvider services)
        : base(
            services.GetRequiredService<IGeneratorAccessor>(),
            NullLogger.Instance,
            services.GetRequiredService<IOptionsSnapshot<ProcessorOptions>>(),
            ["SQLite"])
    {
    }

    void IMigrationProcessor.Execute(string sql) => statements.Add(sql);

    /// <summary>The SQL that a statement or script would run, read from where it is and with its parameters filled in.</summary>
    public static IReadOnlyList<string> Of(ExecuteSqlScriptExpressionBase script, IServiceProvider services)
    {
        RecordedSql recorded = new(services);
        script.Apply(services.GetRequiredService<IConventionSet>());
        script.ExecuteWith(recorded);
        return recorded.statements;
    }
}
