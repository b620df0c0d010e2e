using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cde.Workbench.Training;

/// <summary>How options are spelled in files and messages.</summary>
internal static class OptionText
{
    /// <summary>Camel-case names, choices in kebab case, numbers that read back as they were.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A property's name in a file.</summary>
    public static string Name(string property) => JsonNamingPolicy.CamelCase.ConvertName(property);

    /// <summary>A choice's name in a file.</summary>
    public static string Choice(string value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value);

    /// <summary>A value as messages show it.</summary>
    public static string Show(object? value) => JsonSerializer.Serialize(value, Compact);

    private static readonly JsonSerializerOptions Compact = new(Json) { WriteIndented = false };
}
