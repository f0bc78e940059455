using System.Collections;
using System.Reflection;
using Migrations.Core.Authoring;

namespace Migrations.Testing.Steps;

/// <summary>The names and values that a caller gives by an object's properties or by a dictionary.</summary>
internal static class NamedValues
{
    /// <summary>The names and values, in the order in which the object declares them.</summary>
    /// <exception cref="ArgumentException">The object holds no names.</exception>
    public static IReadOnlyList<KeyValuePair<string, object?>> Of(object source)
    {
        switch (source)
        {
            case IEnumerable<KeyValuePair<string, object?>> pairs:
                return [.. pairs];
            case IEnumerable:
                throw new ArgumentException(
                    $"A value of type {TypeName.Of(source.GetType())} does not name its values. Give an object with properties, such as new {{ email = \"a@b\" }}, "
                        + "or an IReadOnlyDictionary<string, object?>.");
            default:
                return
                [
                    .. source.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                        .Where(property => property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
                        .Select(property => KeyValuePair.Create(property.Name, property.GetValue(source))),
                ];
        }
    }

    /// <summary>What SQLite stores for a value, ready to be bound.</summary>
    /// <exception cref="ArgumentException">The value has no stored form.</exception>
    public static object Stored(object? value, string holder)
    {
        try
        {
            return StoredValue.From(value) ?? DBNull.Value;
        }
        catch (ArgumentException e)
        {
            // The reason without the name of that method's own argument.
            string reason = e.ParamName is null ? e.Message : e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal);
            throw new ArgumentException($"{holder}: {reason}", e);
        }
    }
}
