using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Migrations.Testing.Steps;

/// <summary>
/// Finds a place for each column of a query in a record, class or struct: a parameter of the public constructor with most parameters for
/// which there are columns, or a public property that can be set or initialised.
/// </summary>
internal sealed class ObjectPlaces(Type type, ImmutableArray<string> columns, QueryErrors errors)
{
    private readonly string name = TypeName.Of(type);

    /// <summary>The way from columns to an object.</summary>
    /// <exception cref="InvalidOperationException">A column has no place, or a place that needs a column has none.</exception>
    public ObjectShape Find()
    {
        if (columns.FirstOrDefault(column => NameMatch.IndexOf(columns, column) < 0) is { } twice)
        {
            throw errors.Of($"Several columns are named \"{twice}\". Give them names of their own with AS, so that each has its place in {name}.");
        }

        ConstructorInfo? constructor = ChooseConstructor();
        ParameterInfo[] parameters = constructor?.GetParameters() ?? [];
        HashSet<int> taken = [.. parameters.Select(IndexOf)];
        PropertyInfo[] settable =
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0),
        ];

        // A record's parameter is a property, too.
        PropertyInfo[] free = Array.FindAll(settable, property => !Array.Exists(parameters, parameter => IndexOf(parameter) >= 0 && IsNamed(parameter, property)));
        string[] names = [.. free.Select(property => property.Name)];
        ImmutableArray<(PropertyInfo, ColumnValue)>.Builder properties = ImmutableArray.CreateBuilder<(PropertyInfo, ColumnValue)>();
        foreach (int index in Enumerable.Range(0, columns.Length).Where(index => !taken.Contains(index)))
        {
            int place = NameMatch.IndexOf(names, columns[index]);
            if (place < 0)
            {
                throw errors.Of($"Column \"{columns[index]}\" has no place in {name}: {Places(parameters, settable)}.");
            }

            properties.Add((free[place], Value(index, free[place].PropertyType, $"property \"{free[place].Name}\"")));
        }

        RequireRequired(constructor, free.Except(properties.Select(pair => pair.Item1)));
        return new(type, constructor, [.. parameters.Select(Argument)], properties.ToImmutable());
    }

    private static bool IsNamed(ParameterInfo parameter, PropertyInfo property) =>
        string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase);

    private static string Places(ParameterInfo[] parameters, PropertyInfo[] settable)
    {
        string[] names =
        [
            .. parameters.Select(parameter => parameter.Name ?? "").Concat(settable.Select(property => property.Name))
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
        return names.Length == 0
            ? "it has neither constructor parameters nor properties that can be set"
            : $"its constructor parameters and properties that can be set are {NameMatch.List(names)}";
    }

    private int IndexOf(ParameterInfo parameter) => NameMatch.IndexOf(columns, parameter.Name ?? "");

    private (ColumnValue? Column, object? Default) Argument(ParameterInfo parameter) => IndexOf(parameter) is >= 0 and int index
        ? (Value(index, parameter.ParameterType, $"constructor parameter \"{parameter.Name}\""), null)
        : (null, parameter.DefaultValue);

    private ColumnValue Value(int index, Type target, string place) => ColumnValue.CanBe(target)
        ? new(index, columns[index], target, $"{place} of {name}, {TypeName.Of(target)},", errors)
        : throw errors.Of($"Column \"{columns[index]}\" can't become {place} of {name}, which is {TypeName.Of(target)}. A value of a column is a number, a string, "
            + "a byte[], a date, a time, a Guid, or an object.");

    // Reflection does not list the constructor that every struct has.
    private ConstructorInfo? ChooseConstructor()
    {
        ConstructorInfo[] all = [.. type.GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length)];
        if (all.Length == 0)
        {
            return type.IsValueType ? null : throw errors.Of($"{name} has no public constructor, so a row can't become one.");
        }

        return Array.Find(all, constructor => !Missing(constructor).Any())
            ?? throw errors.Of($"No column is given for constructor parameter {string.Join(", ", Missing(all[^1]).Select(parameter => $"\"{parameter.Name}\""))} of {name}. "
                + $"The columns: {NameMatch.List(columns)}.");
    }

    private IEnumerable<ParameterInfo> Missing(ConstructorInfo constructor) =>
        constructor.GetParameters().Where(parameter => IndexOf(parameter) < 0 && !parameter.HasDefaultValue);

    private void RequireRequired(ConstructorInfo? constructor, IEnumerable<PropertyInfo> unset)
    {
        if (constructor?.IsDefined(typeof(SetsRequiredMembersAttribute)) != true
            && unset.FirstOrDefault(property => property.IsDefined(typeof(RequiredMemberAttribute))) is { } required)
        {
            throw errors.Of($"No column is given for property \"{required.Name}\" of {name}, which is required. The columns: {NameMatch.List(columns)}.");
        }
    }
}
