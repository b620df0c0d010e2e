using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cde.Workbench.Evaluation;

/// <summary>
/// Scores in a JSON file: an object with <c>format</c> "cde-scores/1", <c>task</c>, <c>system</c>, <c>rule</c>, <c>measures</c> (names) and <c>items</c>, each with <c>id</c>, <c>text</c>
/// and <c>values</c> (one a measure, null where the item does not count). Where the score is no mean of the items, <c>statistic</c> names it and each item has <c>gold</c> and
/// <c>predictions</c> (numbers, as many in each item).
/// </summary>
public static class ScoreFile
{
    /// <summary>What the file's <c>format</c> says.</summary>
    public const string Format = "cde-scores/1";

    private static readonly JsonWriterOptions Form = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>Whether a JSON file says that it holds scores.</summary>
    public static bool IsOne(string path)
    {
        var buffer = new char[200];
        using var reader = new StreamReader(path);
        return new string(buffer, 0, reader.ReadBlock(buffer)).Contains(Format, StringComparison.Ordinal);
    }

    /// <summary>Writes scores.</summary>
    /// <exception cref="CdeException">The file cannot be written.</exception>
    public static void Write(string path, SystemScores scores) => AtomicFile.Write(path, stream =>
    {
        using var json = new Utf8JsonWriter(stream, Form);
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteString("task", scores.Task);
        json.WriteString("system", scores.System);
        json.WriteString("rule", scores.Rule);
        if (scores.Statistic != ItemStatistic.Mean)
            json.WriteString("statistic", scores.Statistic.ToString());
        json.WriteStartArray("measures");
        foreach (var measure in scores.Measures)
            json.WriteStringValue(measure);
        json.WriteEndArray();
        json.WriteStartArray("items");
        foreach (var item in scores.Items)
        {
            json.WriteStartObject();
            json.WriteString("id", item.Id);
            json.WriteString("text", item.Text);
            json.WriteStartArray("values");
            foreach (var value in item.Values)
            {
                if (double.IsNaN(value))
                    json.WriteNullValue();
                else
                    json.WriteNumberValue(value);
            }

            json.WriteEndArray();
            if (scores.Statistic != ItemStatistic.Mean)
            {
                json.WriteNumber("gold", item.Gold);
                json.WriteStartArray("predictions");
                foreach (var prediction in item.Predictions)
                    json.WriteNumberValue(prediction);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Reads scores.</summary>
    /// <exception cref="CdeException">The file is absent or breaks the form: file, place and rule.</exception>
    public static SystemScores Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = json.RootElement;
            if (Text(path, root, "format") is var format && format != Format)
                throw new CdeException($"{path}: format is \"{format}\" (expected \"{Format}\", as evaluate --save-scores writes)");
            string[] measures = [.. Array(path, root, "measures").Select(name => name.GetString() ?? "")];
            var statistic = StatisticOf(path, root);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            var items = new List<ScoredItem>();
            foreach (var item in Array(path, root, "items"))
            {
                var place = $"{path}, item {items.Count + 1}";
                var id = Text(place, item, "id");
                double[] values = [.. Array(place, item, "values").Select(value => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble())];
                if (values.Length != measures.Length)
                    throw new CdeException($"{place} (id \"{id}\"): {values.Length} values for {measures.Length} measures");
                if (!seen.Add(id))
                    throw new CdeException($"{place}: id \"{id}\" occurs twice; each item is scored once");
                items.Add(Judged(place, new ScoredItem(id, Text(place, item, "text"), values), item, statistic, items.Count > 0 ? items[0].Predictions.Count : null));
            }

            return items.Count > 0
                ? new SystemScores(Text(path, root, "task"), Text(path, root, "system"), measures, items, Text(path, root, "rule")) { Statistic = statistic }
                : throw new CdeException($"{path} has no items");
        }
        catch (JsonException failure)
        {
            throw new CdeException($"{path} line {failure.LineNumber + 1}: not valid JSON: {failure.Message.ReplaceLineEndings(" ")}", failure);
        }
        catch (Exception failure) when (failure is InvalidOperationException or FormatException)
        {
            throw new CdeException($"{path}: a value has another type than scores have: {failure.Message.ReplaceLineEndings(" ")}", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CdeException($"{path} cannot be read: {failure.Message}", failure);
        }
    }

    private static ItemStatistic StatisticOf(string path, JsonElement root) => !root.TryGetProperty("statistic", out var name) ? ItemStatistic.Mean
        : Enum.TryParse<ItemStatistic>(name.GetString(), out var known) && Enum.IsDefined(known) ? known
        : throw new CdeException($"{path}: statistic is \"{name.GetString()}\" (expected {string.Join(", ", Enum.GetNames<ItemStatistic>())})");

    /// <summary>An item with what was said of it, where the statistic needs it.</summary>
    private static ScoredItem Judged(string place, ScoredItem item, JsonElement from, ItemStatistic statistic, int? predictions)
    {
        if (statistic == ItemStatistic.Mean)
            return item;
        double[] said = [.. Array(place, from, "predictions").Select(value => value.GetDouble())];
        if (said.Length == 0 || said.Length != (predictions ?? said.Length))
            throw new CdeException($"{place} (id \"{item.Id}\"): {said.Length} predictions, the first item has {predictions ?? 0}; each has as many, one at least");
        return from.TryGetProperty("gold", out var gold)
            ? item with { Gold = gold.GetDouble(), Predictions = said }
            : throw new CdeException($"{place}: field \"gold\" is missing (expected a number)");
    }

    private static string Text(string place, JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new CdeException($"{place}: field \"{name}\" is missing (expected a text)");

    private static IEnumerable<JsonElement> Array(string place, JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray()
            : throw new CdeException($"{place}: field \"{name}\" is missing (expected a list)");
}
