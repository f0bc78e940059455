using FluentMigrator;
using FluentMigrator.Expressions;
using FluentMigrator.Infrastructure;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Conventions;
using FluentMigrator.Validation;
using Microsoft.Extensions.DependencyInjection;
using Migrations.Tests.Support;

namespace Migrations.Tests.Authoring;

/// <summary>FluentMigrator with its own SQLite processor, or with this library's.</summary>
internal sealed class MigrationRun : IDisposable
{
    private readonly ServiceProvider services;
    private readonly IServiceScope scope;

    public MigrationRun(TestDatabase database, bool rebuildsTables = false)
    {
        services = new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(builder =>
            {
                builder.AddSQLite().WithGlobalConnectionString(database.ConnectionString);
                if (rebuildsTables)
                {
                    builder.WithTableRebuild();
                }
            })
            .BuildServiceProvider();
        scope = services.CreateScope();
    }

    public void Up(Action<Migration> up) => Up(new ActionMigration(up));

    public void Up(IMigration migration) => scope.ServiceProvider.GetRequiredService<IMigrationRunner>().Up(migration);

    public void Down(IMigration migration) => scope.ServiceProvider.GetRequiredService<IMigrationRunner>().Down(migration);

    /// <summary>The expressions of a migration, with conventions, as the runner would execute them.</summary>
    public IReadOnlyList<IMigrationExpression> Collect(IMigration migration, bool down = false)
    {
        MigrationContext context = new(
            scope.ServiceProvider.GetRequiredService<IMigrationProcessor>(), scope.ServiceProvider, connection: "");
        if (down)
        {
            migration.GetDownExpressions(context);
        }
        else
        {
            migration.GetUpExpressions(context);
        }

        IConventionSet conventions = scope.ServiceProvider.GetRequiredService<IConventionSet>();
        return [.. context.Expressions.Select(expression => expression.Apply(conventions))];
    }

    public IReadOnlyList<IMigrationExpression> Collect(Action<Migration> up) => Collect(new ActionMigration(up));

    /// <summary>What FluentMigrator's validation says of a migration, before anything runs.</summary>
    public IReadOnlyList<string?> Validate(Action<Migration> up)
    {
        IMigrationExpressionValidator validator = scope.ServiceProvider.GetRequiredService<IMigrationExpressionValidator>();
        return [.. Collect(up).SelectMany(validator.Validate).Select(result => result.ErrorMessage)];
    }

    public void Dispose()
    {
        scope.Dispose();
        services.Dispose();
    }
}
