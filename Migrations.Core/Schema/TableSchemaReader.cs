using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Core.Schema;

/// <summary>Gives the text of a table its meaning, by the rules of SQLite's build.c. Reads no connection.</summary>
internal sealed class TableSchemaReader
{
    private static readonly SqlIdentifier Binary = "BINARY";

    private readonly SqlIdentifier name;
    private readonly CreateTableSyntax syntax;
    private readonly string text;
    private readonly bool isStrict;
    private readonly bool isWithoutRowId;
    private readonly ImmutableArray<UniqueSchema>.Builder uniques = ImmutableArray.CreateBuilder<UniqueSchema>();
    private readonly ImmutableArray<CheckSchema>.Builder checks = ImmutableArray.CreateBuilder<CheckSchema>();
    private readonly ImmutableArray<ForeignKeySchema>.Builder foreignKeys = ImmutableArray.CreateBuilder<ForeignKeySchema>();
    private PrimaryKeySchema? primaryKey;

    private TableSchemaReader(SqlIdentifier name, CreateTableSyntax syntax)
    {
        this.name = name;
        this.syntax = syntax;
        text = syntax.Text;
        isStrict = syntax.Options.Any(option => option.Kind is TableOptionKind.Strict);
        isWithoutRowId = syntax.Options.Any(option => option.Kind is TableOptionKind.WithoutRowId);
    }

    /// <summary>Reads one table.</summary>
    /// <param name="name">The name in sqlite_schema.</param>
    /// <param name="kind">What PRAGMA table_list says; of a virtual table only name and text are known.</param>
    /// <param name="sql">The stored text.</param>
    /// <exception cref="SqlSyntaxException">The text is no CREATE TABLE statement.</exception>
    /// <exception cref="SchemaMismatchException">A constraint names a column that the table does not have.</exception>
    public static TableSchema Read(SqlIdentifier name, TableKind kind, string sql)
    {
        if (kind is TableKind.Virtual)
        {
            return new TableSchema
            {
                Name = name,
                Kind = kind,
                Sql = sql,
                Syntax = null,
                Columns = [],
                PrimaryKey = null,
                Uniques = [],
                Checks = [],
                ForeignKeys = [],
                IsStrict = false,
                IsWithoutRowId = false,
            };
        }

        return new TableSchemaReader(name, CreateTableReader.Read(sql)).Read(kind);
    }

    private TableSchema Read(TableKind kind)
    {
        foreach (ColumnSyntax column in syntax.Columns)
        {
            foreach (ColumnConstraintSyntax constraint in column.Constraints)
            {
                AddColumnConstraint(column.Name.Identifier, constraint);
            }
        }

        foreach (TableConstraintSyntax constraint in syntax.Constraints)
        {
            AddTableConstraint(constraint);
        }

        SqlIdentifier? rowIdAlias = FindRowIdAlias();
        return new TableSchema
        {
            Name = name,
            Kind = kind,
            Sql = text,
            Syntax = syntax,
            Columns = [.. syntax.Columns.Select(column => ReadColumn(column, rowIdAlias))],
            PrimaryKey = primaryKey,
            Uniques = uniques.ToImmutable(),
            Checks = checks.ToImmutable(),
            ForeignKeys = foreignKeys.ToImmutable(),
            IsStrict = isStrict,
            IsWithoutRowId = isWithoutRowId,
        };
    }

    private void AddColumnConstraint(SqlIdentifier column, ColumnConstraintSyntax constraint)
    {
        switch (constraint)
        {
            case ColumnPrimaryKeySyntax key:
                primaryKey = new PrimaryKeySchema(
                    key.Name?.Identifier,
                    [new KeyColumn(column, Collation: null, key.Descending)],
                    key.AutoIncrement is not null,
                    key.Conflict?.Resolution,
                    column,
                    key.Span);
                break;
            case ColumnUniqueSyntax unique:
                uniques.Add(new UniqueSchema(
                    unique.Name?.Identifier,
                    [new KeyColumn(column, Collation: null, Descending: false)],
                    unique.Conflict?.Resolution,
                    column,
                    unique.Span));
                break;
            case ColumnCheckSyntax check:
                checks.Add(new CheckSchema(check.Name?.Identifier, check.Expression.TextIn(text), column, check.Span));
                break;
            case ColumnReferencesSyntax references:
                AddForeignKey(references.Name, [column], references.Reference, column, references.Span);
                break;
        }
    }

    private void AddTableConstraint(TableConstraintSyntax constraint)
    {
        switch (constraint)
        {
            case TablePrimaryKeySyntax key:
                primaryKey = new PrimaryKeySchema(
                    key.Name?.Identifier,
                    ReadKeyColumns(key.Columns, key.Span),
                    key.AutoIncrement is not null,
                    key.Conflict?.Resolution,
                    Column: null,
                    key.Span);
                break;
            case TableUniqueSyntax unique:
                uniques.Add(new UniqueSchema(
                    unique.Name?.Identifier,
                    ReadKeyColumns(unique.Columns, unique.Span),
                    unique.Conflict?.Resolution,
                    Column: null,
                    unique.Span));
                break;
            case TableCheckSyntax check:
                checks.Add(new CheckSchema(check.Name?.Identifier, check.Expression.TextIn(text), Column: null, check.Span));
                break;
            case TableForeignKeySyntax key:
                ImmutableArray<SqlIdentifier> columns = [.. key.Columns.Select(column => FindColumn(column.Identifier, key.Span))];
                AddForeignKey(key.Name, columns, key.Reference, column: null, key.Span);
                break;
        }
    }

    private void AddForeignKey(
        NameSyntax? constraintName,
        ImmutableArray<SqlIdentifier> columns,
        ForeignKeyClauseSyntax reference,
        SqlIdentifier? column,
        SourceSpan span) => foreignKeys.Add(new ForeignKeySchema(
            name,
            constraintName?.Identifier,
            columns,
            reference.Parent.Identifier,
            [.. reference.Columns.Select(parentColumn => parentColumn.Identifier)],
            reference.OnDelete,
            reference.OnUpdate,
            reference.InitiallyDeferred,
            column,
            span));

    private ImmutableArray<KeyColumn> ReadKeyColumns(ImmutableArray<IndexedColumnSyntax> columns, SourceSpan constraint) =>
        [.. columns.Select(column => new KeyColumn(
            FindColumn(column.Column?.Identifier ?? column.Expression.TextIn(text), constraint),
            column.Collation?.Identifier,
            column.Descending))];

    /// <summary>The column's name as its definition spells it.</summary>
    private SqlIdentifier FindColumn(SqlIdentifier column, SourceSpan constraint) =>
        syntax.Columns.FirstOrDefault(candidate => candidate.Name.Identifier == column)?.Name.Identifier
        ?? throw new SchemaMismatchException(
            name.Name,
            $"The table {name} has no column {column}, which its constraint \"{constraint.TextIn(text)}\" names. "
                + "SQLite would not have taken such a text: check how it came into sqlite_schema.");

    /// <summary>
    /// A single key column of type INTEGER is another name of the rowid, unless the column itself says PRIMARY KEY DESC;
    /// DESC in a table constraint does not matter (lang_createtable.html, section 5).
    /// </summary>
    private SqlIdentifier? FindRowIdAlias()
    {
        if (isWithoutRowId || primaryKey is not { Columns: [{ Name: { } key } keyColumn] })
        {
            return null;
        }

        bool isDescendingColumn = primaryKey.Column is not null && keyColumn.Descending;
        return !isDescendingColumn && DeclaredType.IsInteger(TypeOf(syntax.Columns.First(column => column.Name.Identifier == key)))
            ? key
            : default(SqlIdentifier?);
    }

    private string TypeOf(ColumnSyntax column) => column.Type?.TextIn(text) ?? "";

    private ColumnSchema ReadColumn(ColumnSyntax column, SqlIdentifier? rowIdAlias)
    {
        string type = TypeOf(column);

        // Of several DEFAULT or COLLATE clauses SQLite keeps the last.
        return new ColumnSchema
        {
            Name = column.Name.Identifier,
            DeclaredType = type,
            Affinity = DeclaredType.GetAffinity(type, isStrict),
            IsNotNull = column.Constraints.Any(constraint => constraint is NotNullSyntax),
            DefaultText = column.Constraints.OfType<DefaultSyntax>().LastOrDefault()?.Value.TextIn(text),
            Collation = column.Constraints.OfType<CollateSyntax>().LastOrDefault()?.Collation.Identifier ?? Binary,
            Generated = column.Constraints.OfType<GeneratedSyntax>().LastOrDefault() is not { } generated ? GeneratedKind.None
                : generated.Stored ? GeneratedKind.Stored
                : GeneratedKind.Virtual,
            IsRowIdAlias = rowIdAlias == column.Name.Identifier,
            Syntax = column,
        };
    }
}
