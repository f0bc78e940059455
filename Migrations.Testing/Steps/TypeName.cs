namespace Migrations.Testing.Steps;

/// <summary>Names of types as C# writes them, for messages.</summary>
internal static class TypeName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(sbyte)] = "sbyte",
        [typeof(byte)] = "byte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(char)] = "char",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    public static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }

        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!)}[]"; // An array has elements.
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return $"{Of(value)}?";
        }

        if (!type.IsGenericType || type.Name.IndexOf('`', StringComparison.Ordinal) is not (> 0 and int end))
        {
            return type.Name;
        }

        IEnumerable<string> arguments = type.GetGenericArguments().Select(Of);
        return $"{type.Name[..end]}<{string.Join(", ", arguments)}>";
    }
}
