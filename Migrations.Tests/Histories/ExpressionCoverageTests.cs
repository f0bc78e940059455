using System.Collections.Immutable;
using System.Data;
using System.Reflection;
using FluentMigrator;
using FluentMigrator.Expressions;
using FluentMigrator.Model;
using Migrations.Core;
using Migrations.Core.Authoring;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;
using Migrations.Runner.History;
using NUnit.Framework;

namespace Migrations.Tests.Histories;

/// <summary>Nothing that an expression can say may be forgotten by the fingerprint, whatever FluentMigrator adds to it.</summary>
public sealed class ExpressionCoverageTests
{
    // Read as SQL from where it is; the tests of scripts compare them.
    private static readonly Type[] Scripts = [.. AllExpressions.Where(type => type.IsAssignableTo(typeof(ExecuteSqlScriptExpressionBase)))];

    private static readonly string[] Remarks =
    [
        "CreateTableExpression.TableDescription", "ColumnDefinition.ColumnDescription", "ColumnDefinition.AdditionalColumnDescriptions",
        "PerformDBOperationExpression.Description", "RefuseRowsExpression.Reason", "BatchOptions.Mode", "SqlConversion.Reason",
    ];

    private static readonly Type[] Parts =
    [
        typeof(ColumnDefinition), typeof(ConstraintDefinition), typeof(ForeignKeyDefinition), typeof(IndexDefinition),
        typeof(IndexColumnDefinition), typeof(SequenceDefinition), typeof(BatchOptions), typeof(KeyColumn), typeof(SqlConversion),
        .. typeof(TableChange).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(TableChange))),
    ];

    private static IEnumerable<Type> AllExpressions => new[] { typeof(IMigration).Assembly, typeof(Migration).Assembly, typeof(MigrationsException).Assembly }
        .Distinct()
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type is { IsAbstract: false, IsNestedPrivate: false } && type.IsAssignableTo(typeof(IMigrationExpression)));

    private static IEnumerable<Type> Expressions => AllExpressions.Except(Scripts).Where(type => type != typeof(AlterTableExpression));

    private static IEnumerable<TestCaseData> Properties => Expressions.Concat(Parts)
        .SelectMany(type => type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Select(property => (type, property)))
        .Where(pair => (pair.property.CanWrite || pair.property.Name == "Rows" || pair.property.Name == "AdditionalFeatures")
            && !Remarks.Contains($"{pair.type.Name}.{pair.property.Name}"))
        .Select(pair => new TestCaseData(pair.type, pair.property).SetArgDisplayNames(pair.type.Name, pair.property.Name));

    [TestCaseSource(nameof(Properties))]
    public void Of_anotherValueOfAProperty_isAnotherText(Type type, PropertyInfo property)
    {
        Assert.That(Text(Changed(type, property, first: true)), Is.Not.EqualTo(Text(Changed(type, property, first: false))));
    }

    [TestCaseSource(nameof(Expressions))]
    public void Of_anotherExpression_isAnotherText(Type type)
    {
        string text = Text(Make(type));

        Assert.That(Expressions.Where(other => other != type).Select(other => Text(Make(other))), Has.None.EqualTo(text));
    }

    [Test]
    public void Expressions_areThoseThatAreKnown()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Expressions.Count(), Is.GreaterThanOrEqualTo(34));
            Assert.That(Scripts, Has.Length.GreaterThanOrEqualTo(3));
            Assert.That(Properties.Count(), Is.GreaterThan(100));
        }
    }

    private static string Text(object part) => Fingerprint.With(services => CanonicalText.Of(
        [part as IMigrationExpression ?? new InsertDataExpression { Rows = { new InsertionDataDefinition { new("part", part) } } }], services));

    private static object Changed(Type type, PropertyInfo property, bool first)
    {
        object made = Make(type);
        if (property.CanWrite)
        {
            property.SetValue(made, Sample(property.PropertyType, first));
            return made;
        }

        // Collections that can only be filled.
        object collection = property.GetValue(made)!; // They are never null.
        switch (collection)
        {
            case IDictionary<string, object> features:
                features.Add("feature", Sample(typeof(string), first));
                break;
            case List<InsertionDataDefinition> rows:
                rows.Add([new("a", Sample(typeof(string), first))]);
                break;
            case List<DeletionDataDefinition> rows:
                rows.Add([new("a", Sample(typeof(string), first))]);
                break;
            default:
                Assert.Fail($"{collection.GetType()} is not known to this test.");
                break;
        }

        return made;
    }

    private static object Make(Type type) => type switch
    {
        _ when type.GetConstructor(Type.EmptyTypes) is not null => Activator.CreateInstance(type)!,
        _ when type == typeof(ConstraintDefinition) => new ConstraintDefinition(ConstraintType.Unique),
        _ => Activator.CreateInstance(type, [.. type.GetConstructors()[0].GetParameters().Select(parameter => Sample(parameter.ParameterType, first: true))])!,
    };

    private static object Sample(Type type, bool first)
    {
        Type asked = Nullable.GetUnderlyingType(type) ?? type;
        return true switch
        {
            _ when asked == typeof(string) || asked == typeof(object) => first ? "a" : "b",
            _ when asked == typeof(bool) => first,
            _ when asked == typeof(int) => first ? 1 : 2,
            _ when asked == typeof(long) => first ? 1L : 2L,
            _ when asked.IsEnum => Enum.GetValues(asked).GetValue(first ? 0 : 1)!, // Every enum here has two values.
            _ when asked == typeof(ICollection<string>) => first ? ["a", "b"] : (string[])["b", "a"],
            _ when asked == typeof(List<KeyValuePair<string, object>>) => new List<KeyValuePair<string, object>> { new("a", Sample(typeof(string), first)) },
            _ when asked == typeof(IList<ColumnDefinition>) => new List<ColumnDefinition> { new() { Name = first ? "a" : "b" } },
            _ when asked == typeof(ICollection<IndexColumnDefinition>) => new List<IndexColumnDefinition> { new() { Name = first ? "a" : "b" } },
            _ when asked == typeof(ColumnDefinition) => new ColumnDefinition { Name = first ? "a" : "b" },
            _ when asked == typeof(ConstraintDefinition) => new ConstraintDefinition(first ? ConstraintType.Unique : ConstraintType.PrimaryKey),
            _ when asked == typeof(ForeignKeyDefinition) => new ForeignKeyDefinition { Name = first ? "a" : "b" },
            _ when asked == typeof(IndexDefinition) => new IndexDefinition { Name = first ? "a" : "b" },
            _ when asked == typeof(SequenceDefinition) => new SequenceDefinition { Name = first ? "a" : "b" },
            _ when asked == typeof(BatchOptions) => new BatchOptions { Schema = first ? "a" : "b" },
            _ when asked == typeof(ColumnPlace) => first ? ColumnPlace.First : ColumnPlace.After("a"),
            _ when asked == typeof(SqlIdentifier) => (SqlIdentifier)(first ? "a" : "b"),
            _ when asked == typeof(ImmutableArray<SqlIdentifier>) => ImmutableArray.Create<SqlIdentifier>(first ? "a" : "b"),
            _ when asked == typeof(ImmutableArray<KeyColumn>) => ImmutableArray.Create(new KeyColumn(first ? "a" : "b", null, Descending: false)),
            _ when asked == typeof(Conversion) => new SqlConversion(first ? "a" : "b"),
            _ when asked == typeof(TableChange) => new DropColumn(first ? "a" : "b"),
            _ when asked == typeof(ColumnConversion) => new ExpressionConversion(first ? "a" : "b"),

            // Code can't be compared; whether there is any can.
            _ when asked.IsAssignableTo(typeof(Delegate)) => first ? null! : Code(asked),
            _ => throw new NotSupportedException($"{type} is not known to this test."),
        };
    }

    private static Delegate Code(Type type) => type == typeof(Action<IDbConnection, IDbTransaction>)
        ? (IDbConnection _, IDbTransaction _) => { }
    : (IEnumerable<QueryRow> _) => Array.Empty<string>();
}
