using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Cde.Workbench.Models.Export;

/// <summary>A model's card: <c>README.md</c> with the YAML head that hubs read.</summary>
internal static class ModelCardPage
{
    /// <summary>The card.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="model">The model.</param>
    /// <param name="dtype">What the weights are stored in.</param>
    /// <param name="facts">What the files do not say.</param>
    /// <param name="earlier">The body of the card it was exported with; null for none.</param>
    public static string Of(string name, EmbeddingModel model, SafetensorsDtype dtype, ModelFacts facts, string? earlier)
    {
        var page = new StringBuilder();
        Head(page, name, model, facts);
        page.Append(CultureInfo.InvariantCulture, $"# {name}\n\n{Kind(model)} It maps a text to a vector of {model.Dimension} numbers, for search, clustering and comparing texts by the cosine.\n\n");
        Table(page, ("", "model"),
        [
            ("architecture", model.Architecture),
            ("parameters", model.ParameterCount.ToString("N0", CultureInfo.InvariantCulture)),
            ("weights", dtype.ToFileName()),
            ("width of the vectors", model.Dimension.ToString(CultureInfo.InvariantCulture)),
            ("longest text", $"{model.MaxTokens} tokens"),
            .. model.IsContextual ? [("context", $"{model.ContextSize} documents")] : Array.Empty<(string, string)>(),
            .. model.Prompts.Select(prompt => ($"prompt `{prompt.Key}`", $"`{prompt.Value}`")),
            ("identifiers", model.SplitIdentifiers ? "split at capitals before the tokenizer" : "as they are"),
            .. facts.BaseModel is { } start ? [("trained from", start)] : Array.Empty<(string, string)>(),
            .. facts.Licence is { } licence ? [("licence", licence)] : Array.Empty<(string, string)>(),
            ("hash", $"`{model.Hash}`"),
        ]);
        Use(page, name, model);
        if (facts.Losses.Count + facts.Datasets.Count + facts.Training.Count > 0)
        {
            page.Append("## Training\n");
            Table(page, ("", "value"), [.. facts.Datasets.Select(data => ("data", data)), .. facts.Losses.Select(loss => ("loss", $"`{loss.Name}`")), .. facts.Training]);
        }

        if (facts.Scores.Count > 0)
        {
            page.Append("## Scores\n| task | measure | value |\n|---|---|---|\n");
            foreach (var (task, measure, value) in facts.Scores)
                page.Append(CultureInfo.InvariantCulture, $"| {Cell(task)} | {Cell(measure)} | {value:0.0000} |\n");
            page.Append('\n');
        }

        if (facts.Losses.Count > 0)
            page.Append("## Citations\n").AppendJoin('\n', facts.Losses.Select(loss => $"- `{loss.Name}`: {loss.Reference}")).Append("\n\n");
        if (earlier is not null)
            page.Append("## The card of the folder it was exported from\n").Append(earlier.Trim()).Append('\n');
        return page.ToString().TrimEnd() + "\n";
    }

    /// <summary>A card without its YAML head.</summary>
    public static string Body(string card)
    {
        var text = card.ReplaceLineEndings("\n");
        return text.StartsWith("---\n", StringComparison.Ordinal) && text.IndexOf("\n---\n", 4, StringComparison.Ordinal) is > 0 and var end ? text[(end + 5)..] : text;
    }

    private static void Head(StringBuilder page, string name, EmbeddingModel model, ModelFacts facts)
    {
        page.Append("---\n");
        if (!model.IsContextual)
            page.Append("library_name: sentence-transformers\n");
        page.Append("pipeline_tag: sentence-similarity\n");
        List(page, "tags", [
            .. model.IsContextual ? ["contextual-document-embeddings"] : new[] { "sentence-transformers" },
            "sentence-similarity", "feature-extraction", .. facts.Losses.Select(loss => $"loss:{loss.Name}"),
        ]);
        List(page, "language", facts.Languages);
        if (facts.Licence is { } licence)
            page.Append(CultureInfo.InvariantCulture, $"license: {Yaml(licence)}\n");
        if (facts.BaseModel is { } start)
            page.Append(CultureInfo.InvariantCulture, $"base_model: {Yaml(start)}\n");
        List(page, "datasets", facts.Datasets);
        if (facts.Scores.Count > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"model-index:\n- name: {Yaml(name)}\n  results:\n");
            foreach (var task in facts.Scores.GroupBy(score => score.Task))
            {
                page.Append(CultureInfo.InvariantCulture, $"  - task:\n      type: retrieval\n    dataset:\n      type: {Yaml(task.Key)}\n      name: {Yaml(task.Key)}\n    metrics:\n");
                foreach (var (_, measure, value) in task)
                    page.Append(CultureInfo.InvariantCulture, $"    - type: {Yaml(measure)}\n      value: {value:0.#####}\n");
            }
        }

        page.Append("---\n\n");
    }

    private static void Use(StringBuilder page, string name, EmbeddingModel model)
    {
        page.Append("## Use\n");
        if (!model.IsContextual)
        {
            page.Append(CultureInfo.InvariantCulture, $"    from sentence_transformers import SentenceTransformer\n    model = SentenceTransformer({JsonSerializer.Serialize(name)})\n")
                .Append("    vectors = model.encode([\"a text\", \"another\"])\n\n");
            if (model.SplitIdentifiers)
                page.Append("Texts were split at the capitals of identifiers in training (`JsonSerializer` as `Json Serializer`), which other libraries do not do by themselves: split them first.\n\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"    ./cde embed \"a text\" --model {name}\n\n");
    }

    private static string Kind(EmbeddingModel model) => model.IsContextual
        ? "A contextual text encoder: vectors depend on documents of the corpus that is searched, so it needs a library that gives it such a context."
        : "A text encoder.";

    private static void Table(StringBuilder page, (string, string) head, IReadOnlyList<(string Name, string Value)> rows)
    {
        page.Append(CultureInfo.InvariantCulture, $"| {head.Item1} | {head.Item2} |\n|---|---|\n");
        foreach (var (name, value) in rows)
            page.Append(CultureInfo.InvariantCulture, $"| {Cell(name)} | {Cell(value)} |\n");
        page.Append('\n');
    }

    private static void List(StringBuilder page, string key, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
            page.Append(key).Append(":\n").AppendJoin("", values.Select(value => $"- {Yaml(value)}\n"));
    }

    /// <summary>A JSON string is a YAML string too; plain words stay plain.</summary>
    private static string Yaml(string text) => text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '/')
        && text.ToLowerInvariant() is not ("no" or "yes" or "on" or "off" or "true" or "false" or "null" or "y" or "n")
        ? text : JsonSerializer.Serialize(text);

    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);
}
