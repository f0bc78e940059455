using Migrations.Core.Syntax;

namespace Migrations.Tests.Syntax;

/// <summary>All that a read statement says, without white space, comments and positions: equal for equal meaning.</summary>
internal static class SyntaxDescription
{
    public static string Of(CreateTableSyntax table)
    {
        List<string> lines =
        [
            $"table {table.SchemaName?.Identifier}.{table.Name.Identifier} temporary: {table.IsTemporary}",
        ];
        foreach (ColumnSyntax column in table.Columns)
        {
            lines.Add($"column {column.Name.Identifier} type: {Plain(table.Text, column.Type)}");
            lines.AddRange(column.Constraints.Select(constraint =>
                $"  {Kind(constraint)} {constraint.Name?.Identifier} {Of(table.Text, constraint)}"));
        }

        lines.AddRange(table.Constraints.Select(constraint =>
            $"{Kind(constraint)} {constraint.Name?.Identifier} {Of(table.Text, constraint)}"));
        lines.AddRange(table.Options.Select(option => option.Kind.ToString()));
        return string.Join('\n', lines);
    }

    public static string Of(CreateIndexSyntax index) =>
        $"index {index.SchemaName?.Identifier}.{index.Name.Identifier} on {index.Table.Identifier} unique: {index.IsUnique} "
        + $"({Of(index.Text, index.Columns)}) where {Plain(index.Text, index.Where)}";

    public static string Of(CreateTriggerSyntax trigger) =>
        $"trigger {trigger.SchemaName?.Identifier}.{trigger.Name.Identifier} on {trigger.Table.Identifier} "
        + $"temporary: {trigger.IsTemporary} ({Names(trigger.UpdateOf)})";

    private static string Kind(object constraint) => constraint.GetType().Name;

    private static string Of(string text, ColumnConstraintSyntax constraint) => constraint switch
    {
        DefaultSyntax value => Plain(text, value.Value),
        NotNullSyntax notNull => Of(notNull.Conflict),
        NullSyntax @null => Of(@null.Conflict),
        ColumnPrimaryKeySyntax key => $"{key.Descending} {Of(key.Conflict)} {Plain(text, key.AutoIncrement)}",
        ColumnUniqueSyntax unique => Of(unique.Conflict),
        ColumnCheckSyntax check => Plain(text, check.Expression),
        ColumnReferencesSyntax references => Of(references.Reference),
        CollateSyntax collate => $"{collate.Collation.Identifier}",
        GeneratedSyntax generated => $"{Plain(text, generated.Expression)} {generated.Stored}",
        DanglingNameSyntax => Plain(text, constraint.Span),
        _ => throw new InvalidOperationException(Kind(constraint)),
    };

    private static string Of(string text, TableConstraintSyntax constraint) => constraint switch
    {
        TablePrimaryKeySyntax key => $"{Of(text, key.Columns)} {Plain(text, key.AutoIncrement)} {Of(key.Conflict)}",
        TableUniqueSyntax unique => $"{Of(text, unique.Columns)} {Of(unique.Conflict)}",
        TableCheckSyntax check => $"{Plain(text, check.Expression)} {Of(check.Conflict)}",
        TableForeignKeySyntax key => $"{Names(key.Columns)} {Of(key.Reference)}",
        DanglingTableNameSyntax => Plain(text, constraint.Span),
        _ => throw new InvalidOperationException(Kind(constraint)),
    };

    private static string Of(ConflictClauseSyntax? conflict) => $"{conflict?.Resolution}";

    private static string Of(ForeignKeyClauseSyntax key) =>
        $"{key.Parent.Identifier}({Names(key.Columns)}) {key.OnDelete} {key.OnUpdate} {key.Match?.Identifier} {key.InitiallyDeferred}";

    private static string Of(string text, IEnumerable<IndexedColumnSyntax> columns) => string.Join(", ", columns.Select(column =>
        $"{column.Column?.Identifier} {Plain(text, column.Expression)} {column.Collation?.Identifier} {column.Descending}"));

    private static string Names(IEnumerable<NameSyntax> names) => string.Join(", ", names.Select(name => name.Identifier));

    private static string Plain(string text, SourceSpan? span)
    {
        string part = span?.TextIn(text) ?? "";
        return string.Join(' ', SqlLexer.Tokenize(part).Where(token => !token.IsTrivia).Select(token => token.Span.TextIn(part)));
    }
}
