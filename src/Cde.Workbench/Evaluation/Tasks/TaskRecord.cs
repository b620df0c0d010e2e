using System.Globalization;
using System.Text.Json;

namespace Cde.Workbench.Evaluation;

/// <summary>One record of a task's file: fields by name, as texts or JSON.</summary>
/// <param name="Place">File and line, for errors.</param>
/// <param name="Fields">The fields; those of CSV and TSV are texts.</param>
internal sealed record TaskRecord(string Place, IReadOnlyDictionary<string, JsonElement> Fields)
{
    /// <summary>The names of the fields.</summary>
    public bool Has(params ReadOnlySpan<string> names) => Find(names) is not null;

    /// <summary>Whether a field is a list.</summary>
    public bool IsList(params ReadOnlySpan<string> names) => Find(names) is { ValueKind: JsonValueKind.Array };

    /// <summary>A text that is not blank, or a number or truth value as a text.</summary>
    public string Text(params ReadOnlySpan<string> names) => Texts(names) is [var text] && !string.IsNullOrWhiteSpace(text)
        ? text
        : throw new CdeException($"{Place}: field \"{names[0]}\" is not one text with at least one visible character");

    /// <summary>A finite number.</summary>
    public double Number(params ReadOnlySpan<string> names) => Numbers(names) is [var number]
        ? number
        : throw new CdeException($"{Place}: field \"{names[0]}\" is not one number");

    /// <summary>A list of texts, or one text as a list of one.</summary>
    public IReadOnlyList<string> Texts(params ReadOnlySpan<string> names)
    {
        var field = Required(names);
        return field.ValueKind == JsonValueKind.Array ? [.. field.EnumerateArray().Select(Plain)] : [Plain(field)];
    }

    /// <summary>A list of finite numbers, or one number as a list of one.</summary>
    public IReadOnlyList<double> Numbers(params ReadOnlySpan<string> names)
    {
        var name = names[0];
        return [.. Texts(names).Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new CdeException($"{Place}: field \"{name}\" is \"{text}\" (expected a finite number)"))];
    }

    private static string Plain(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private JsonElement Required(ReadOnlySpan<string> names) =>
        Find(names) ?? throw new CdeException($"{Place}: field \"{names[0]}\" is missing; there are {string.Join(", ", Fields.Keys.Select(name => $"\"{name}\""))}");

    private JsonElement? Find(ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Fields.TryGetValue(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
                return value;
        }

        return null;
    }
}
