using System.Globalization;
using System.Text.Json;

namespace Cde.Workbench.Corpora;

/// <summary>One record of training data: a JSON object, a JSON list, or a row of columns. Everything that it refuses names file, line and field.</summary>
internal sealed class ExampleRecord
{
    private readonly Func<string> _where;
    private readonly IReadOnlyDictionary<string, JsonElement> _fields;

    private ExampleRecord(Func<string> where, IReadOnlyDictionary<string, JsonElement> fields, int columns)
    {
        (_where, _fields, Columns) = (where, fields, columns);
    }

    /// <summary>How many columns; 0 where fields have names.</summary>
    public int Columns { get; }

    /// <summary>A record of JSON.</summary>
    /// <exception cref="CdeException">It is neither an object nor a list.</exception>
    public static ExampleRecord Of(Func<string> where, JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Array)
            return new ExampleRecord(where, json.EnumerateArray().Select((value, i) => (value, i)).ToDictionary(pair => ColumnName(pair.i + 1), pair => pair.value), json.GetArrayLength());
        if (json.ValueKind != JsonValueKind.Object)
            throw new CdeException($"{where()}: {Describe(json)} (expected an object with fields, or a list of texts)");
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
        {
            if (!fields.TryAdd(property.Name, property.Value))
                throw new CdeException($"{where()}: field \"{property.Name}\" stands there twice");
        }

        return new ExampleRecord(where, fields, 0);
    }

    /// <summary>A record of a row.</summary>
    /// <param name="where">Names file and line.</param>
    /// <param name="names">The columns' names; null where they have none.</param>
    /// <param name="values">The row.</param>
    /// <exception cref="CdeException">It has more or fewer columns than names.</exception>
    public static ExampleRecord Of(Func<string> where, IReadOnlyList<string>? names, IReadOnlyList<string> values)
    {
        if (names is not null && names.Count != values.Count)
            throw new CdeException($"{where()}: {values.Count} columns, expected {names.Count}");
        var fields = values.Select((value, i) => (Name: names?[i] ?? ColumnName(i + 1), Value: JsonSerializer.SerializeToElement(value))).ToDictionary(field => field.Name, field => field.Value);
        return new ExampleRecord(where, fields, names is null ? values.Count : 0);
    }

    /// <summary>Whether a field is there and not null.</summary>
    public bool Has(ExampleField field) => Find(field) is { Value.ValueKind: not JsonValueKind.Null };

    /// <summary>Whether a field is a list.</summary>
    public bool IsList(ExampleField field) => Find(field) is { Value.ValueKind: JsonValueKind.Array };

    /// <summary>Whether a field is a number, or text that reads as one.</summary>
    public bool IsNumber(ExampleField field) => Find(field) is { } found && TryNumber(found.Value, out _);

    /// <summary>A text that is not blank.</summary>
    public string Text(ExampleField field)
    {
        var (name, value) = Required(field, "a text");
        return Text(name, value);
    }

    /// <summary>A text or a number as text; null where it is absent or empty.</summary>
    public string? OptionalText(ExampleField field) => Find(field) switch
    {
        null or { Value.ValueKind: JsonValueKind.Null } => null,
        { Value.ValueKind: JsonValueKind.Number } number => number.Value.GetRawText(),
        { Value.ValueKind: JsonValueKind.String } text => String(text.Name, text.Value) is { Length: > 0 } value ? value : null,
        var other => throw Wrong(other.Value.Name, other.Value.Value, "a text"),
    };

    /// <summary>Texts: a list of them, or one alone; an element may be an object with title and text.</summary>
    public IReadOnlyList<string> Texts(ExampleField field, bool isRequired)
    {
        if (!isRequired && !Has(field))
            return [];
        var (name, value) = Required(field, "a list of texts");
        if (value.ValueKind == JsonValueKind.String)
            return [Text(name, value)];
        if (value.ValueKind != JsonValueKind.Array)
            throw Wrong(name, value, "a list of texts");
        var texts = value.EnumerateArray().Select((element, i) => Text($"{name}[{i}]", element)).ToList();
        return texts.Count > 0 || !isRequired ? texts : throw new CdeException($"{_where()}: field \"{name}\" is an empty list (expected at least one text)");
    }

    /// <summary>A number.</summary>
    public double Number(ExampleField field)
    {
        var (name, value) = Required(field, "a number");
        return TryNumber(value, out var number) ? number : throw Wrong(name, value, "a number");
    }

    /// <summary>As many numbers as there are texts; null where the field is absent.</summary>
    public IReadOnlyList<double>? Numbers(ExampleField field, int count)
    {
        if (!Has(field))
            return null;
        var (name, value) = Required(field, "a list of numbers");
        if (value.ValueKind != JsonValueKind.Array)
            throw Wrong(name, value, "a list of numbers");
        var numbers = value.EnumerateArray().Select((element, i) => TryNumber(element, out var number) ? number : throw Wrong($"{name}[{i}]", element, "a number")).ToList();
        return numbers.Count == count ? numbers : throw new CdeException($"{_where()}: field \"{name}\" has {numbers.Count} numbers for {count} texts");
    }

    /// <summary>A refusal of the record as a whole.</summary>
    public CdeException Refuse(string reason) => new($"{_where()}: {reason}");

    private (string Name, JsonElement Value)? Find(ExampleField field)
    {
        foreach (var name in Columns > 0 ? [ColumnName(field.Column)] : field.Names)
        {
            if (_fields.TryGetValue(name, out var value))
                return (name, value);
        }

        return null;
    }

    private (string Name, JsonElement Value) Required(ExampleField field, string expected) => Find(field)
        ?? throw new CdeException(Columns > 0
            ? $"{_where()}: {Columns} columns, column {field.Column} ({field.Names[0]}) is missing (expected {expected})"
            : $"{_where()}: field \"{field.Names[0]}\" is missing (expected {expected})");

    private string Text(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("text", out var body))
        {
            var title = value.TryGetProperty("title", out var heading) && heading.ValueKind == JsonValueKind.String ? String(name + ".title", heading) : null;
            return new Document("", Text(name + ".text", body), title).FullText;
        }

        var text = value.ValueKind == JsonValueKind.String ? String(name, value) : throw Wrong(name, value, "a text");
        return string.IsNullOrWhiteSpace(text) ? throw new CdeException($"{_where()}: field \"{name}\" is empty (expected a text)") : text;
    }

    private string String(string name, JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException failure)
        {
            throw new CdeException($"{_where()}: field \"{name}\" is not valid Unicode (half of a surrogate pair)", failure);
        }
    }

    private CdeException Wrong(string name, JsonElement value, string expected) => new($"{_where()}: field \"{name}\" is {Describe(value)} (expected {expected})");

    private static bool TryNumber(JsonElement value, out double number)
    {
        number = 0;
        var isNumber = value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDouble(out number),
            JsonValueKind.String => double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number),
            _ => false,
        };
        return isNumber && double.IsFinite(number);
    }

    private static string ColumnName(int column) => $"column {column}";

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.Null => "null",
        JsonValueKind.Number => "a number",
        JsonValueKind.String => "a text",
        _ => "true or false",
    };
}
