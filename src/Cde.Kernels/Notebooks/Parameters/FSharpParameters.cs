using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Cde.Kernels.Notebooks;

/// <summary>Parameters in F#: each is bound anew, with the annotation and the kind of literal that the parameters cell has.</summary>
internal sealed partial class FSharpParameters : IParameterLanguage
{
    /// <inheritdoc/>
    public IReadOnlyList<DeclaredParameter> Declared(string source) =>
        [.. source.Split('\n').Select(line => Binding().Match(line)).Where(match => match.Success).Select(match =>
        {
            var annotation = match.Groups["type"].Value.Trim();
            var (kind, suffix) = annotation.Length > 0 ? OfType(annotation) : OfLiteral(match.Groups["value"].Value.Trim());
            return new DeclaredParameter(match.Groups["name"].Value, kind)
            {
                Suffix = suffix,
                Annotation = annotation,
                Declaration = match.Groups["mutable"].Success ? "let mutable" : "let",
            };
        })];

    /// <inheritdoc/>
    public string Assign(string name, DeclaredParameter? declared, JsonNode? value) =>
        $"{declared?.Declaration ?? "let"} {name}{(declared is { Annotation.Length: > 0 } ? $": {declared.Annotation}" : "")} = "
        + Literal(value, declared?.Kind == ParameterKind.Real, declared?.Suffix ?? "");

    private static (ParameterKind Kind, string Suffix) OfType(string type) => type switch
    {
        "string" => (ParameterKind.Text, ""),
        "bool" => (ParameterKind.Boolean, ""),
        "int" => (ParameterKind.Whole, ""),
        "int64" => (ParameterKind.Whole, "L"),
        "float" or "double" => (ParameterKind.Real, ""),
        "float32" or "single" => (ParameterKind.Real, "f"),
        "decimal" => (ParameterKind.Real, "m"),
        _ => (ParameterKind.Any, ""),
    };

    private static (ParameterKind Kind, string Suffix) OfLiteral(string literal) => literal switch
    {
        ['"', ..] or ['@', '"', ..] => (ParameterKind.Text, ""),
        "true" or "false" => (ParameterKind.Boolean, ""),
        _ when Number().Match(literal) is { Success: true } number => number.Groups["suffix"].Value switch
        {
            "L" => (ParameterKind.Whole, "L"),
            "" when number.Groups["real"].Length == 0 => (ParameterKind.Whole, ""),
            var suffix => (ParameterKind.Real, suffix),
        },
        _ => (ParameterKind.Any, ""),
    };

    private static string Literal(JsonNode? value, bool isReal, string suffix) => value switch
    {
        null => "null",
        JsonArray list => $"[{string.Join("; ", list.Select(item => Literal(item, IsReal(list), "")))}]",
        JsonObject map => $"dict [{string.Join("; ", map.Select(entry => $"{Quoted(entry.Key)}, box ({Literal(entry.Value, false, "")})"))}]",
        _ => value.GetValueKind() switch
        {
            JsonValueKind.String => Quoted(value.Text()!),
            JsonValueKind.Number => Number(value, isReal) + suffix,
            _ => value.ToJsonString(),
        },
    };

    /// <summary>F# tells whole numbers from others by their literal and never converts: a list has one kind of number.</summary>
    private static bool IsReal(JsonArray list) => list.Any(item => item?.GetValueKind() == JsonValueKind.Number && item.Whole() is null);

    private static string Number(JsonNode value, bool isReal)
    {
        var text = value.ToJsonString();
        return isReal && text.All(letter => char.IsAsciiDigit(letter) || letter == '-') ? text + ".0" : text;
    }

    private static string Quoted(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var letter in text)
        {
            literal.Append(letter switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when char.IsControl(letter) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => letter.ToString(),
            });
        }

        return literal.Append('"').ToString();
    }

    [GeneratedRegex(@"^let\s+(?<mutable>mutable\s+)?(?<name>[\p{L}_][\w']*)\s*(:(?<type>[^=]+))?=(?<value>.*)$")]
    private static partial Regex Binding();

    [GeneratedRegex(@"^[-+]?\d+(?<real>(\.\d*)?([eE][-+]?\d+)?)(?<suffix>[LfFmM]?)$")]
    private static partial Regex Number();
}
