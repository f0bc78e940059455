using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Migrations.Tests.Cli;

/// <summary>The tool's JSON as documentation: a table for each object, as its record says, and one for each set of words.</summary>
internal sealed class JsonFields
{
    private readonly XmlComments comments = new(Path.GetDirectoryName(ToolFolder.Tool)!); // A file is in a folder.
    private readonly NullabilityInfoContext nullability = new();
    private readonly SortedDictionary<string, Type> records = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Type> enumerations = new(StringComparer.Ordinal);

    public JsonFields()
    {
        Roots =
        [
            .. ToolAssembly.Type("Output.Shapes").GetCustomAttributesData()
                .Where(attribute => attribute.AttributeType.Name == "JsonSerializableAttribute")
                .Select(attribute => (Type)attribute.ConstructorArguments[0].Value!), // Each names one.
        ];
        foreach (Type root in Roots)
        {
            Collect(root);
        }
    }

    /// <summary>What the results of verbs are, and the error.</summary>
    public ImmutableArray<Type> Roots { get; }

    public static string NameOf(Type type) => type.Name.EndsWith("Shape", StringComparison.Ordinal) ? type.Name[..^"Shape".Length] : type.Name;

    /// <summary>All of it, in Markdown.</summary>
    public string Write()
    {
        StringBuilder text = new();
        foreach (Type record in records.Values)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {NameOf(record)}\n\n{comments.Summary($"T:{record.FullName}")}\n\n| field | type | meaning |\n|---|---|---|\n");
            foreach (PropertyInfo property in Properties(record))
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| `{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}` | {TypeOf(property)} | {comments.Parameter(record, property.Name)} |\n");
            }
        }

        foreach (Type enumeration in enumerations.Values)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {enumeration.Name}\n\n{comments.Summary($"T:{enumeration.FullName}")}\n\n| word | meaning |\n|---|---|\n");
            foreach (string name in Enum.GetNames(enumeration))
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| `{JsonNamingPolicy.CamelCase.ConvertName(name)}` | {comments.Summary($"F:{enumeration.FullName}.{name}")} |\n");
            }
        }

        return text.Append('\n').ToString();
    }

    private static PropertyInfo[] Properties(Type record) => record.GetProperties(BindingFlags.Public | BindingFlags.Instance);

    private static bool IsList(Type type) => type.IsGenericType && (type.Name.Contains("Array", StringComparison.Ordinal) || type.Name.Contains("List", StringComparison.Ordinal));

    private void Collect(Type type)
    {
        Type inner = Nullable.GetUnderlyingType(type) ?? type;
        if (IsList(inner))
        {
            Collect(inner.GenericTypeArguments[0]);
        }
        else if (inner.IsEnum)
        {
            enumerations.TryAdd(inner.Name, inner);
        }
        else if (inner.Name.EndsWith("Shape", StringComparison.Ordinal) && records.TryAdd(inner.Name, inner))
        {
            foreach (PropertyInfo property in Properties(inner))
            {
                Collect(property.PropertyType);
            }
        }
    }

    private string TypeOf(PropertyInfo property)
    {
        Type? underlying = Nullable.GetUnderlyingType(property.PropertyType);
        bool mayBeNull = underlying is not null || nullability.Create(property).ReadState is NullabilityState.Nullable;
        return Word(underlying ?? property.PropertyType) + (mayBeNull ? " or `null`" : "");
    }

    private static string Word(Type type) => type switch
    {
        { IsEnum: true } => $"[{type.Name}](#{type.Name.ToLowerInvariant()})",
        _ when IsList(type) => $"list of {Word(type.GenericTypeArguments[0])}",
        _ when type == typeof(string) => "text",
        _ when type == typeof(bool) => "`true` or `false`",
        _ when type == typeof(long) || type == typeof(int) => "whole number",
        _ when type == typeof(double) => "number",
        _ when type == typeof(DateTimeOffset) => "time (ISO 8601)",
        _ when type.Name.EndsWith("Shape", StringComparison.Ordinal) => $"[{NameOf(type)}](#{NameOf(type).ToLowerInvariant()})",
        _ => throw new NotSupportedException($"The documentation has no word for {type}."),
    };
}
