using System.Text.Json;
using System.Text.Json.Serialization;

namespace Migrations.Cli.Output;

/// <summary>Enumerations as words in camelCase.</summary>
internal sealed class WordConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
