using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Migrations.Testing.Steps;

/// <summary>
/// A row as a record, class or struct. A parameter without a column has a default; a struct that declares no constructor has none here.
/// </summary>
internal sealed class ObjectShape(
    Type type,
    ConstructorInfo? constructor,
    ImmutableArray<(ColumnValue? Column, object? Default)> parameters,
    ImmutableArray<(PropertyInfo Property, ColumnValue Column)> properties) : RowShape
{
    public override object? Read(object?[] values)
    {
        object made = constructor?.Invoke(BindingFlags.DoNotWrapExceptions, null, Arguments(values), null) ?? RuntimeHelpers.GetUninitializedObject(type);
        foreach ((PropertyInfo property, ColumnValue column) in properties)
        {
            property.SetValue(made, column.Of(values), BindingFlags.DoNotWrapExceptions, null, null, null);
        }

        return made;
    }

    private object?[] Arguments(object?[] values)
    {
        object?[] arguments = new object?[parameters.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            (ColumnValue? column, object? missing) = parameters[i];
            arguments[i] = column is null ? missing : column.Of(values);
        }

        return arguments;
    }
}
