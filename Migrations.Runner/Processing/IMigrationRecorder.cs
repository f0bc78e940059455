using FluentMigrator.Expressions;
using Microsoft.Extensions.DependencyInjection;
using Migrations.Core;
using Migrations.Core.Alteration.Planning;
using Migrations.Core.Changes;
using Migrations.Runner.Preview;

namespace Migrations.Runner.Processing;

/// <summary>Keeps what migrations do to a copy of the schema that they are tried on.</summary>
internal interface IMigrationRecorder
{
    /// <summary>The copy of the schema.</summary>
    ShadowDatabase Shadow { get; }

    /// <summary>The strategies to choose from; null for those of the application.</summary>
    Strategies? Strategies { get; }

    /// <summary>Puts what it needs into FluentMigrator's container.</summary>
    void AddTo(IServiceCollection services);

    /// <summary>Runs SQL of one statement or several on the copy.</summary>
    /// <param name="sql">The SQL.</param>
    /// <param name="process">Runs SQL as it would be run.</param>
    void Run(string sql, Action<string> process);

    /// <summary>A table is about to be altered.</summary>
    void Altering();

    /// <summary>A table has been altered.</summary>
    void Altered(AlterationResult result, IReadOnlyList<TableChange> changes);

    /// <summary>Code runs in an upgrade only.</summary>
    void NotRun(PerformDBOperationExpression operation);

    /// <summary>A statement has failed on the copy, which has no rows.</summary>
    void Failed(string statement, Exception exception);

    /// <summary>A statement could not be tried, because the copy is not complete or the statement reaches outside of it.</summary>
    void NotTried(string statement, Exception exception);
}
