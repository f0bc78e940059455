using Migrations.Core.Authoring;
using Migrations.Core.Syntax;

namespace Migrations.Testing.Steps;

/// <summary>One column of a query, read as one type. Immutable.</summary>
internal sealed class ColumnValue(int index, string name, Type type, string place, QueryErrors errors)
{
    private static readonly HashSet<Type> Types =
    [
        typeof(bool), typeof(sbyte), typeof(byte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(float), typeof(double), typeof(decimal), typeof(char), typeof(string), typeof(byte[]), typeof(Guid), typeof(DateTime),
        typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan), typeof(object),
    ];

    private readonly Type target = Nullable.GetUnderlyingType(type) ?? type;
    private readonly bool takesNull = !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;

    /// <summary>Whether a value of a column can become a type.</summary>
    public static bool CanBe(Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsEnum || Types.Contains(plain);
    }

    /// <summary>The value in a row.</summary>
    /// <exception cref="InvalidOperationException">It is none of the type.</exception>
    public object? Of(object?[] values)
    {
        object? stored = values[index];
        if (stored is null)
        {
            return takesNull ? null : throw errors.Of($"Column {SqlIdentifier.Quote(name)} is NULL, which {place} can't be. Ask for {TypeName.Of(target)}?.");
        }

        if (target.IsInstanceOfType(stored))
        {
            return stored;
        }

        // A test of a conversion wants to know that 5 has become 5.0.
        bool hidesReal = stored is double && target != typeof(float) && target != typeof(decimal);
        return (hidesReal ? null : StoredValue.Convert(stored, target)) ?? throw Unfit(stored);
    }

    private InvalidOperationException Unfit(object stored)
    {
        (string storage, string fitting) = stored switch
        {
            long => ("an INTEGER", "long"),
            double => ("a REAL", "double"),
            string => ("a TEXT", "string"),
            _ => ("a BLOB", "byte[]"),
        };
        return errors.Of($"Column {SqlIdentifier.Quote(name)} holds {SqlLiteral.Describe(stored)}, {storage}, which {place} can't be without loss. "
            + $"Ask for {fitting}, or for object.");
    }
}
