using System.Globalization;
using FluentMigrator;
using FluentMigrator.Expressions;
using FluentMigrator.Model;
using FluentMigrator.Runner.Generators;
using FluentMigrator.Runner.Generators.SQLite;
using Microsoft.Extensions.Options;

namespace Migrations.Runner.Generation;

/// <summary>
/// FluentMigrator's generator for what SQLite can say itself, with literals that lose nothing, filters that are kept, and no
/// expression changed by generating from it. It never skips: compatibility is always strict.
/// </summary>
internal sealed class RebuildGenerator(LosslessQuoter quoter, ISQLiteTypeMap types) : SQLiteGenerator(
    quoter, types, new OptionsWrapper<GeneratorOptions>(new() { CompatibilityMode = FluentMigrator.Runner.CompatibilityMode.STRICT }))
{
    private const string IdentityInsert = "SqlServerIdentityInsert";

    private readonly LosslessQuoter quoter = quoter;

    // SQLite takes a value for any column, so there is nothing to switch on.
    public override bool IsAdditionalFeatureSupported(string feature) =>
        string.Equals(feature, IdentityInsert, StringComparison.Ordinal) || base.IsAdditionalFeatureSupported(feature);

    public override string Generate(CreateTableExpression expression)
    {
        // Generating writes into columns and foreign keys; both are still needed as they are.
        CreateTableExpression copy = new()
        {
            SchemaName = expression.SchemaName,
            TableName = expression.TableName,
            TableDescription = expression.TableDescription,
        };
        foreach (ColumnDefinition column in expression.Columns)
        {
            copy.Columns.Add(Clone(column));
        }

        ColumnDefinition? identity = copy.Columns.FirstOrDefault(column => column is { IsIdentity: true, IsPrimaryKey: true });
        if (identity is not null && copy.Columns.Count(column => column.IsPrimaryKey) > 1)
        {
            throw new MigrationRefusedException(
                $"The table \"{expression.TableName}\" has an identity column \"{identity.Name}\" beside another primary key column. "
                + "SQLite numbers rows only where the identity is the whole primary key: keep one of them as the key and make the rest unique.");
        }

        return base.Generate(copy);
    }

    public override string Generate(DeleteTableExpression expression) =>
        FormatStatement(
            expression.IfExists ? DropTableIfExists : DropTable,
            Quoter.QuoteTableName(expression.TableName, expression.SchemaName));

    public override string Generate(CreateIndexExpression expression)
    {
        IndexDefinition index = expression.Index;
        foreach (IndexColumnDefinition column in index.Columns)
        {
            IndexFeatures.CheckColumn(column, index.Name);
        }

        string? filter = IndexFeatures.ReadFilter(index, index.Name);
        string statement = base.Generate(expression);
        return filter is null ? statement : $"{statement.TrimEnd(';')} WHERE {filter};";
    }

    public override string Generate(CreateConstraintExpression expression) =>
        expression.Constraint.IsUniqueConstraint
            ? Generate(ToUniqueIndex(expression.Constraint))
            : base.Generate(expression);

    /// <summary>A UNIQUE constraint as FluentMigrator makes it on SQLite: a unique index of that name.</summary>
    public static CreateIndexExpression ToUniqueIndex(ConstraintDefinition constraint)
    {
        CreateIndexExpression expression = new()
        {
            Index = new()
            {
                Name = constraint.ConstraintName,
                TableName = constraint.TableName,
                SchemaName = constraint.SchemaName,
                IsUnique = true,
            },
        };
        foreach (string column in constraint.Columns)
        {
            expression.Index.Columns.Add(new() { Name = column });
        }

        foreach ((string key, object value) in constraint.AdditionalFeatures)
        {
            expression.Index.AdditionalFeatures[key] = value;
        }

        return expression;
    }

    /// <summary>The text of a column's definition, without a foreign key.</summary>
    public string GenerateColumn(ColumnDefinition column)
    {
        ValidateAdditionalFeatureCompatibility(column.AdditionalFeatures);
        return Column.Generate(Clone(column));
    }

    /// <summary>The declared type of a column, as it stands in the definition.</summary>
    public string GenerateType(ColumnDefinition column)
    {
        ColumnDefinition bare = new()
        {
            Name = "c",
            Type = column.Type,
            Size = column.Size,
            Precision = column.Precision,
            CustomType = column.CustomType,
            IsNullable = true,
        };
        return Column.Generate(bare)[(Quoter.QuoteColumnName(bare.Name).Length)..].Trim();
    }

    /// <summary>The text after DEFAULT: a literal, a word, or an expression in parentheses (lang_createtable.html, section 3.2).</summary>
    public string GenerateDefault(object? value)
    {
        string text = Quoter.QuoteValue(value);
        return NeedsParentheses(value, text) ? $"({text})" : text;
    }

    /// <summary>A foreign key as it is written on its one column.</summary>
    public string GenerateReferences(ForeignKeyDefinition key) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(string.IsNullOrEmpty(key.Name) ? "" : $"CONSTRAINT {Quoter.QuoteConstraintName(key.Name)} ")}REFERENCES {Quoter.QuoteTableName(key.PrimaryTable)} ({Quoter.QuoteColumnName(key.PrimaryColumns.Single())}){Column.FormatCascade("DELETE", key.OnDelete)}{Column.FormatCascade("UPDATE", key.OnUpdate)}");

    protected override void GenerateWhere(List<KeyValuePair<string, object>> where, List<string> whereClauses)
    {
        foreach (KeyValuePair<string, object> condition in where)
        {
            if (condition.Value is Guid or DateTime && !string.IsNullOrEmpty(condition.Key))
            {
                whereClauses.Add($"{Quoter.QuoteColumnName(condition.Key)} IN ({string.Join(", ", quoter.QuoteForSearch(condition.Value))})");
            }
            else
            {
                base.GenerateWhere([condition], whereClauses);
            }
        }
    }

    private ColumnDefinition Clone(ColumnDefinition column)
    {
        ColumnDefinition copy = ColumnCopy.Of(column);
        if (column.DefaultValue is not ColumnDefinition.UndefinedDefaultValue)
        {
            copy.DefaultValue = RawSql.Insert(GenerateDefault(column.DefaultValue));
        }

        return copy;
    }

    private static bool NeedsParentheses(object? value, string text) => value switch
    {
        RawSql => !DefaultText.IsPlain(text),
        _ => text.StartsWith("CAST(", StringComparison.Ordinal),
    };
}
