using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Migrations.Testing.Steps;

/// <summary>How a row becomes an object of the type that was asked for; found once for a query.</summary>
internal abstract class RowShape
{
    /// <summary>Makes the object; null where that is what the row holds.</summary>
    /// <param name="values">The columns as SQLite holds them: null, long, double, string or byte[].</param>
    public abstract object? Read(object?[] values);

    /// <summary>The way from columns to a type.</summary>
    /// <exception cref="InvalidOperationException">The columns do not fit the type, or no row ever does.</exception>
    public static RowShape Of(Type type, ImmutableArray<string> columns, QueryErrors errors)
    {
        if (type == typeof(object[]))
        {
            return new ArrayShape();
        }

        if (ColumnValue.CanBe(type))
        {
            return columns.Length == 1
                ? new ScalarShape(new(0, columns[0], type, TypeName.Of(type), errors))
                : throw errors.Of($"{TypeName.Of(type)} takes one column, and the query gives {columns.Length}: {NameMatch.List(columns)}.");
        }

        if (type.IsValueType && type.IsGenericType && typeof(ITuple).IsAssignableFrom(type))
        {
            return TupleShape.Of(type, columns, errors);
        }

        bool isMade = (type.IsClass || type.IsValueType) && !type.IsAbstract && !type.IsArray && !type.IsPrimitive && !type.IsByRefLike
            && Nullable.GetUnderlyingType(type) is null && !typeof(Delegate).IsAssignableFrom(type);
        return isMade
            ? new ObjectPlaces(type, columns, errors).Find()
            : throw errors.Of($"A row can't become {TypeName.Of(type)}. Ask for a single value, a value tuple, object?[], or a class or struct that can be constructed.");
    }

    private sealed class ArrayShape : RowShape
    {
        public override object? Read(object?[] values) => values.Clone();
    }

    private sealed class ScalarShape(ColumnValue column) : RowShape
    {
        public override object? Read(object?[] values) => column.Of(values);
    }
}
