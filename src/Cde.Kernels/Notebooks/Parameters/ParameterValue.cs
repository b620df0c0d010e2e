using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cde.Kernels.Commands;

namespace Cde.Kernels.Notebooks;

/// <summary>Reads a parameter's value: as its declaration says, else by its own form.</summary>
internal static class ParameterValue
{
    /// <summary>
    /// The value as JSON. Without a declared kind: <c>true</c>, <c>false</c>, <c>null</c>, numbers, and JSON that begins with <c>[</c>,
    /// <c>{</c> or <c>"</c> are what they look like; anything else is text.
    /// </summary>
    /// <exception cref="UsageException">The value is not of the declared kind.</exception>
    public static JsonNode? Read(GivenParameter given, ParameterKind kind)
    {
        var text = given.Text;
        return kind switch
        {
            ParameterKind.Text => text.StartsWith('"') && Json(text) is { } quoted ? quoted : JsonValue.Create(text),
            ParameterKind.Whole => BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                ? JsonNode.Parse(whole.ToString(CultureInfo.InvariantCulture)) : throw Wrong("a whole number"),
            ParameterKind.Real => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real)
                ? Json(text) ?? JsonValue.Create(real) : throw Wrong("a number"),
            ParameterKind.Boolean => text is "true" or "false" ? JsonValue.Create(text == "true") : throw Wrong("true or false"),
            _ => ByForm(text),
        };

        UsageException Wrong(string expected) => new($"--param {given.Name}={text}: {given.Name} is {expected} in the parameters cell");
    }

    private static JsonNode? ByForm(string text)
    {
        if (text == "null")
            return null;
        var isJson = text is "true" or "false" || (text.Length > 0 && (text[0] is '[' or '{' or '"' or '-' || char.IsAsciiDigit(text[0])));
        return (isJson ? Json(text) : null) ?? JsonValue.Create(text);
    }

    private static JsonNode? Json(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
