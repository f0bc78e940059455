using System.Text;
using Migrations.Core.Authoring;
using Migrations.Core.Changes;
using Migrations.Core.Syntax;

namespace Migrations.Core;

/// <summary>
/// Says what a new column is like (syntax/column-def.html). By default it allows NULL, has no default and is the last one.
/// </summary>
public sealed class NewColumnBuilder
{
    private readonly string name;
    private readonly string? type;
    private readonly StringBuilder constraints = new();
    private ColumnPlace? place;
    private string? existingRows;

    internal NewColumnBuilder(string name, string? type) => (this.name, this.type) = (name, type);

    /// <summary>Allows no NULL. Where the table has rows they need a default or <see cref="ExistingRows"/>.</summary>
    public NewColumnBuilder NotNull() => Add("NOT NULL");

    /// <summary>Gives a default.</summary>
    /// <param name="value">
    /// The value: null, a bool (1 or 0), a number, a string, a byte[], or a date, time or Guid, which become the text that
    /// Microsoft.Data.Sqlite stores for them.
    /// </param>
    /// <exception cref="ArgumentException">The value has no SQL literal.</exception>
    public NewColumnBuilder Default(object? value) => Add($"DEFAULT {SqlLiteral.Of(value)}");

    /// <summary>Gives a default that is computed for each new row, such as <c>CURRENT_TIMESTAMP</c> or <c>random()</c>.</summary>
    /// <param name="sql">The SQL expression, with or without parentheses.</param>
    public NewColumnBuilder DefaultExpression(string sql) => Add($"DEFAULT {DefaultText.OfExpression(sql)}");

    /// <summary>Compares text by a collation: NOCASE, RTRIM or one of the application's.</summary>
    /// <param name="collation">The collation's name.</param>
    public NewColumnBuilder Collate(string collation) => Add($"COLLATE {Quote(collation)}");

    /// <summary>Adds a CHECK constraint to the column.</summary>
    /// <param name="expression">The condition, without the parentheses around it.</param>
    /// <param name="name">The constraint's name, null for none.</param>
    public NewColumnBuilder Check(string expression, string? name = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(expression);
        return Add($"{Named(name)}CHECK ({expression})");
    }

    /// <summary>Allows no value twice.</summary>
    /// <param name="name">The constraint's name, null for none.</param>
    public NewColumnBuilder Unique(string? name = null) => Add($"{Named(name)}UNIQUE");

    /// <summary>Makes the column a foreign key.</summary>
    /// <param name="parent">The parent table.</param>
    /// <param name="column">The parent's column, null for its primary key.</param>
    /// <param name="define">Says the details.</param>
    public NewColumnBuilder References(string parent, string? column = null, Action<ForeignKeyBuilder>? define = null)
    {
        AddForeignKey key = ForeignKeyBuilder.Build([name], parent, column is null ? [] : [column], define);
        StringBuilder clause = new();
        clause.Append(Named(key.Name?.Name)).Append("REFERENCES ").Append(key.Parent.Quoted);
        if (column is not null)
        {
            clause.Append('(').Append(Quote(column)).Append(')');
        }

        AppendAction(clause, "DELETE", key.OnDelete);
        AppendAction(clause, "UPDATE", key.OnUpdate);
        return Add(clause.Append(key.InitiallyDeferred ? " DEFERRABLE INITIALLY DEFERRED" : "").ToString());
    }

    /// <summary>Computes the column from others (gencol.html).</summary>
    /// <param name="expression">The expression, without the parentheses around it.</param>
    /// <param name="stored">Whether the values are stored, or computed at each read.</param>
    public NewColumnBuilder Generated(string expression, bool stored = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(expression);
        return Add($"GENERATED ALWAYS AS ({expression}) {(stored ? "STORED" : "VIRTUAL")}");
    }

    /// <summary>Fills the rows that are there. Without it they get the default.</summary>
    /// <param name="expression">An SQL expression over the table's other columns.</param>
    public NewColumnBuilder ExistingRows(string expression)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(expression);
        existingRows = expression;
        return this;
    }

    /// <summary>Puts the column before all others.</summary>
    public NewColumnBuilder First() => At(ColumnPlace.First);

    /// <summary>Puts the column right after another one.</summary>
    /// <param name="column">The other column.</param>
    public NewColumnBuilder After(string column) => At(ColumnPlace.After(column));

    /// <summary>Puts the column right before another one.</summary>
    /// <param name="column">The other column.</param>
    public NewColumnBuilder Before(string column) => At(ColumnPlace.Before(column));

    internal AddColumn Build()
    {
        string typed = string.IsNullOrWhiteSpace(type) ? Quote(name) : $"{Quote(name)} {type}";
        return new AddColumn(typed + constraints, place, existingRows);
    }

    private static string Quote(string name) => SqlIdentifier.Quote(name);

    private static string Named(string? constraint) => constraint is null ? "" : $"CONSTRAINT {Quote(constraint)} ";

    private static void AppendAction(StringBuilder clause, string when, ForeignKeyAction action)
    {
        string text = action switch
        {
            ForeignKeyAction.Restrict => "RESTRICT",
            ForeignKeyAction.Cascade => "CASCADE",
            ForeignKeyAction.SetNull => "SET NULL",
            ForeignKeyAction.SetDefault => "SET DEFAULT",
            _ => "",
        };
        if (text.Length > 0)
        {
            clause.Append(" ON ").Append(when).Append(' ').Append(text);
        }
    }

    private NewColumnBuilder Add(string constraint)
    {
        constraints.Append(' ').Append(constraint);
        return this;
    }

    private NewColumnBuilder At(ColumnPlace wanted)
    {
        place = wanted;
        return this;
    }
}
