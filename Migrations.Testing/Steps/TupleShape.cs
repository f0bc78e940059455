using System.Collections.Immutable;
using System.Reflection;

namespace Migrations.Testing.Steps;

/// <summary>A row as a value tuple, by position. One of more than seven elements holds the others in a tuple as its eighth.</summary>
internal sealed class TupleShape : RowShape
{
    private const int RestIndex = 7;

    private readonly ConstructorInfo constructor;
    private readonly ImmutableArray<ColumnValue> columns;
    private readonly TupleShape? rest;

    private TupleShape(Type type, ImmutableArray<ColumnValue> columns, TupleShape? rest)
    {
        constructor = type.GetConstructors()[0]; // A value tuple has one.
        this.columns = columns;
        this.rest = rest;
    }

    public static new TupleShape Of(Type type, ImmutableArray<string> columns, QueryErrors errors)
    {
        int count = Count(type);
        return count == columns.Length
            ? Of(type, columns, 0, errors)
            : throw errors.Of($"The query gives {columns.Length} columns, and the tuple has {count} elements. The columns: {NameMatch.List(columns)}.");
    }

    public override object? Read(object?[] values)
    {
        object?[] arguments = new object?[columns.Length + (rest is null ? 0 : 1)];
        for (int i = 0; i < columns.Length; i++)
        {
            arguments[i] = columns[i].Of(values);
        }

        if (rest is not null)
        {
            arguments[RestIndex] = rest.Read(values);
        }

        return constructor.Invoke(arguments);
    }

    private static int Count(Type type)
    {
        Type[] elements = type.GetGenericArguments();
        return elements.Length <= RestIndex ? elements.Length : RestIndex + Count(elements[RestIndex]);
    }

    private static TupleShape Of(Type type, ImmutableArray<string> names, int start, QueryErrors errors)
    {
        Type[] elements = type.GetGenericArguments();
        ImmutableArray<ColumnValue> own = [.. elements.Take(RestIndex).Select((element, i) => Element(element, start + i, names, errors))];
        return new(type, own, elements.Length > RestIndex ? Of(elements[RestIndex], names, start + RestIndex, errors) : null);
    }

    private static ColumnValue Element(Type type, int index, ImmutableArray<string> names, QueryErrors errors) => ColumnValue.CanBe(type)
        ? new(index, names[index], type, $"element {index + 1} of the tuple, {TypeName.Of(type)},", errors)
        : throw errors.Of($"Element {index + 1} of the tuple is {TypeName.Of(type)}, which no column can become.");
}
