using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using FluentMigrator;
using FluentMigrator.Runner;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Migrations.Core;
using Migrations.Tests.Support;

namespace Migrations.Tests.Repository;

/// <summary>
/// Statements of a migration that a page shows, run on a database of the page's own: all together, or each alone where a comment behind it
/// says which way it goes.
/// </summary>
internal sealed partial class PageExample(string code)
{
    private const string Usings =
        "using FluentMigrator; using FluentMigrator.Runner; using FluentMigrator.Builders; using Migrations.Core; using Migrations.Core.Authoring; using System.Data;\n";

    private static int count;

    /// <summary>Whether a block is such an example.</summary>
    public static bool Is(string block) => Beginning().IsMatch(block);

    /// <summary>Runs it on new databases.</summary>
    /// <param name="open">Makes a database.</param>
    /// <returns>The code with the ways that the statements went, and what the exception says, if there is one.</returns>
    public (string Code, string? Refusal) Run(Func<SqliteConnection> open) => Ways().IsMatch(code) ? (Each(open), null) : (code, All(open));

    private static string Way(AlterationStrategy strategy) => strategy switch
    {
        AlterationStrategy.Native => "native",
        AlterationStrategy.InPlace => "in place",
        AlterationStrategy.Copy => "copy",
        _ => "nothing to do",
    };

    private static string? Apply(IMigration migration, SqliteConnection database, Action<AlterationResult>? altered = null)
    {
        using ServiceProvider services = new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(runner => runner.AddSQLite()
                .WithTableRebuild(options => options.Altered = altered)
                .WithGlobalConnectionString(database.ConnectionString))
            .BuildServiceProvider();
        using IServiceScope scope = services.CreateScope();
        try
        {
            scope.ServiceProvider.GetRequiredService<IMigrationRunner>().Up(migration);
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Chain(e).FirstOrDefault(one => one is MigrationsException)?.Message ?? e.Message;
        }
    }

    private static IEnumerable<Exception> Chain(Exception? first)
    {
        for (Exception? e = first; e is not null; e = e.InnerException)
        {
            yield return e;
        }
    }

    private static IMigration[] Compile(IReadOnlyList<string> bodies)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"Example{Interlocked.Increment(ref count)}");
        byte[] bytes = ProjectCompiler.Compile(name, bodies.Select((body, i) =>
            $"{Usings}[Migration({i + 1})] public sealed class {name}_{i} : Migration {{ public override void Up() {{\n{body}\n}} public override void Down() {{ }} }}"));
        using MemoryStream stream = new(bytes);
        Assembly assembly = AssemblyLoadContext.GetLoadContext(typeof(PageExample).Assembly)!.LoadFromStream(stream); // It was loaded by one.
        return [.. bodies.Select((_, i) => (IMigration)Activator.CreateInstance(assembly.GetType($"{name}_{i}", throwOnError: true)!)!)]; // Never null.
    }

    private string? All(Func<SqliteConnection> open)
    {
        using SqliteConnection database = open();
        return Apply(Compile([code])[0], database);
    }

    private string Each(Func<SqliteConnection> open)
    {
        List<string> statements =
        [
            .. CSharpSyntaxTree.ParseText($"void Up()\n{{\n{code}\n}}").GetCompilationUnitRoot()
                .DescendantNodes().OfType<LocalFunctionStatementSyntax>().First().Body!.Statements // It has one.
                .Select(statement => statement.ToFullString().Trim('\n')),
        ];
        string shown = code;
        foreach ((string statement, IMigration migration) in statements.Zip(Compile(statements)))
        {
            using SqliteConnection database = open();
            List<string> ways = [];
            string? refusal = Apply(migration, database, result => ways.AddRange(result.Plans.Select(plan => Way(plan.Strategy))));
            Match said = Ways().Match(statement);
            string way = refusal ?? (ways.Count == 0 ? "native" : string.Join(", then ", ways)); // A statement of SQL as it is.
            shown = shown.Replace(statement, said.Success ? statement[..said.Index] + $"// {way}" : $"{statement} // {way}", StringComparison.Ordinal);
        }

        return shown;
    }

    [GeneratedRegex(@"\A(//.*\n)*(Alter|Create|Delete|Update|Execute|Rename|Insert)\.", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Beginning();

    [GeneratedRegex("// (native|in place|copy|nothing to do|\\?).*$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Ways();
}
