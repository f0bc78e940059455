using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using FluentMigrator;
using FluentMigrator.Expressions;
using FluentMigrator.Model;
using Migrations.Core;
using Migrations.Core.Authoring;
using Migrations.Core.Changes;
using Migrations.Core.Syntax;

namespace Migrations.Runner.History;

/// <summary>
/// What expressions say, written so that two texts are equal only where the expressions mean the same. Values are written with their
/// kind, strings with their length. Properties go by name, not by position, and those with their type's default are left out, so
/// that a property that a later version of a library adds changes nothing.
/// </summary>
internal sealed class CanonicalText(IServiceProvider services)
{
    private const int MaximumDepth = 32;

    // What is only said and does nothing: SQLite has no place for descriptions, and how a table is altered is no part of what it becomes.
    private static readonly FrozenSet<(Type Type, string Member)> Remarks = FrozenSet.Create<(Type Type, string Member)>(
        (typeof(CreateTableExpression), nameof(CreateTableExpression.TableDescription)),
        (typeof(ColumnDefinition), nameof(ColumnDefinition.ColumnDescription)),
        (typeof(ColumnDefinition), nameof(ColumnDefinition.AdditionalColumnDescriptions)),
        (typeof(PerformDBOperationExpression), nameof(PerformDBOperationExpression.Description)),
        (typeof(RefuseRowsExpression), nameof(RefuseRowsExpression.Reason)),
        (typeof(BatchOptions), nameof(BatchOptions.Mode)),
        (typeof(SqlConversion), nameof(SqlConversion.Reason)));

    private static readonly FrozenSet<(Type Type, string Member)> SqlTexts = FrozenSet.Create<(Type Type, string Member)>(
        (typeof(RawSql), nameof(RawSql.Value)),
        (typeof(ColumnDefinition), nameof(ColumnDefinition.Expression)),
        (typeof(ColumnDefinition), nameof(ColumnDefinition.CustomType)),
        (typeof(CreateCheckConstraintExpression), nameof(CreateCheckConstraintExpression.Expression)),
        (typeof(DeleteCheckConstraintExpression), nameof(DeleteCheckConstraintExpression.Expression)),
        (typeof(RefuseRowsExpression), nameof(RefuseRowsExpression.Query)),
        (typeof(ExpressionConversion), "expression"),
        (typeof(AddCheck), nameof(AddCheck.Expression)),
        (typeof(DropCheck), nameof(DropCheck.Expression)),
        (typeof(AddColumn), nameof(AddColumn.Definition)),
        (typeof(AddColumn), nameof(AddColumn.ExistingRows)),
        (typeof(AddIndex), nameof(AddIndex.Sql)),
        (typeof(SetDefault), nameof(SetDefault.Value)),
        (typeof(SetType), nameof(SetType.Type)),
        (typeof(SqlConversion), nameof(SqlConversion.Expression)),
        (typeof(SqlConversion), nameof(SqlConversion.Unconvertible)));

    private readonly StringBuilder text = new();

    /// <summary>What a migration's expressions say, in their order.</summary>
    public static string Of(IEnumerable<IMigrationExpression> expressions, IServiceProvider services)
    {
        CanonicalText written = new(services);
        foreach (IMigrationExpression expression in expressions)
        {
            // Carries nothing but a description, and stands before each group of changes.
            if (expression is not AlterTableExpression)
            {
                written.Write(expression, 0);
                written.text.Append('\n');
            }
        }

        return written.text.ToString();
    }

    private void Write(object? value, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw new InvalidOperationException("The expression holds itself.");
        }

        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case ExecuteSqlScriptExpressionBase script:
                Append("sql", string.Join(";\n", RecordedSql.Of(script, services).Select(CanonicalSql.Of)));
                break;
            case string s:
                Append("text", s);
                break;
            case SqlIdentifier name:
                Append("text", name.Name);
                break;
            case Delegate:
                // Compiled code has no meaning that could be compared: it changes with every build.
                text.Append("code");
                break;
            case Type type:
                Append("type", type.FullName ?? type.Name);
                break;
            case byte[] bytes:
                Append("blob", Convert.ToHexStringLower(bytes));
                break;
            case ITuple tuple:
                WriteList(Enumerable.Range(0, tuple.Length).Select(i => tuple[i]), depth);
                break;
            case IDictionary dictionary:
                WritePairs(dictionary.Cast<object>().Select(Pair), depth);
                break;
            case IEnumerable<KeyValuePair<string, object>> pairs:
                WritePairs(pairs.Select(pair => (pair.Key, (object?)pair.Value)), depth);
                break;
            case IEnumerable list:
                WriteList(list.Cast<object?>(), depth);
                break;
            default:
                WriteScalarOrObject(value, depth);
                break;
        }
    }

    private void WriteScalarOrObject(object value, int depth)
    {
        Type type = value.GetType();
        if (value is Enum)
        {
            Append(type.Name, value.ToString()!); // Never null for an enum.
        }
        else if (Scalar(value) is var (kind, written))
        {
            Append(kind, written);
        }
        else
        {
            WriteObject(value, type, depth);
        }
    }

    // What SQLite stores alike is written alike; a time has no zone in FluentMigrator's literals.
    private static (string Kind, string Text)? Scalar(object value) => value switch
    {
        bool flag => ("bool", flag ? "true" : "false"),
        sbyte or byte or short or ushort or int or uint or long or ulong =>
            ("integer", Convert.ToString(value, CultureInfo.InvariantCulture)!), // A number has a text.
        float number => ("real", ((double)number).ToString("R", CultureInfo.InvariantCulture)),
        double number => ("real", number.ToString("R", CultureInfo.InvariantCulture)),
        decimal number => ("decimal", number.ToString(CultureInfo.InvariantCulture)),
        char c => ("text", c.ToString()),
        Guid guid => ("guid", guid.ToString("D")),
        DateTime time => ("time", time.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture)),
        IFormattable formattable when value.GetType() is { IsValueType: true, Namespace: "System" } type =>
            (type.Name, formattable.ToString(value is DateTimeOffset or DateOnly or TimeOnly ? "O" : null, CultureInfo.InvariantCulture)),
        _ => null,
    };

    private void WriteObject(object value, Type type, int depth)
    {
        text.Append(type.Name).AppendJoin(',', type.GenericTypeArguments.Select(argument => argument.Name)).Append('{');
        foreach ((string name, Type declared, object? member, bool isSql) in Members(value, type))
        {
            if (IsDefault(member, declared))
            {
                continue;
            }

            text.Append(name).Append('=');
            if (isSql && member is string sql)
            {
                Append("sql", CanonicalSql.Of(sql));
            }
            else
            {
                Write(member, depth + 1);
            }

            text.Append(' ');
        }

        text.Append('}');
    }

    /// <summary>
    /// This library's own expressions by their fields, since what their properties compute is no part of what was said; others by their
    /// public properties.
    /// </summary>
    private static IEnumerable<(string Name, Type Declared, object? Value, bool IsSql)> Members(object value, Type type)
    {
        IEnumerable<(string Name, Type Declared, Type Owner, Func<object?> Read)> members = type.Assembly == typeof(MigrationsException).Assembly
            ? Lineage(type)
                .SelectMany(owner => owner.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                .Select(field => (NameOf(field), field.FieldType, field.DeclaringType!, (Func<object?>)(() => field.GetValue(value)))) // A field has a type.
            : type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
                .Where(property => property.CanRead && property.GetIndexParameters().Length == 0)
                .Select(property => (property.Name, property.PropertyType, property.DeclaringType!, (Func<object?>)(() => property.GetValue(value))));
        return members
            .Where(member => !Remarks.Contains((member.Owner, member.Name)))
            .OrderBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => (
                member.Name,
                member.Declared,
                member.Read(),
                SqlTexts.Contains((member.Owner, member.Name))));
    }

    private static IEnumerable<Type> Lineage(Type type)
    {
        for (Type? current = type; current is not null && current != typeof(object); current = current.BaseType)
        {
            yield return current;
        }
    }

    // The compiler's names for what keeps a property or a constructor's parameter: <Name>k__BackingField, <name>P.
    private static string NameOf(FieldInfo field) =>
        field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;

    private static bool IsDefault(object? value, Type declared) => value switch
    {
        null => true,
        string s => s.Length == 0 && declared == typeof(string),
        IEnumerable list => !list.Cast<object?>().Any(),
        ValueType => declared.IsValueType && Nullable.GetUnderlyingType(declared) is null && value.Equals(RuntimeHelpers.GetUninitializedObject(declared)),
        _ => false,
    };

    private void WriteList(IEnumerable<object?> items, int depth)
    {
        text.Append('[');
        foreach (object? item in items)
        {
            Write(item, depth + 1);
            text.Append(' ');
        }

        text.Append(']');
    }

    // In which order the columns of a row are given means nothing.
    private void WritePairs(IEnumerable<(string Key, object? Value)> pairs, int depth)
    {
        text.Append('(');
        foreach ((string key, object? value) in pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Append("text", key);
            text.Append('=');
            if (key.EndsWith("Filter", StringComparison.Ordinal) && value is string filter)
            {
                Append("sql", CanonicalSql.Of(filter));
            }
            else
            {
                Write(value, depth + 1);
            }

            text.Append(' ');
        }

        text.Append(')');
    }

    private static (string Key, object? Value) Pair(object entry)
    {
        Type type = entry.GetType();
        return (
            Convert.ToString(type.GetProperty("Key")?.GetValue(entry), CultureInfo.InvariantCulture) ?? "",
            type.GetProperty("Value")?.GetValue(entry));
    }

    private void Append(string kind, string value) =>
        text.Append(CultureInfo.InvariantCulture, $"{kind} {value.Length}:{value}");
}
