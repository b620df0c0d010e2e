using System.Globalization;
using Cde.Workbench.Corpora;
using Cde.Workbench.Models;

namespace Cde.Workbench.Embedding;

/// <summary>The texts of one embedding run: a corpus, queries or bare texts.</summary>
/// <param name="Name">What it is called in provenance and errors.</param>
/// <param name="Unit">What is counted: documents, queries, texts.</param>
/// <param name="Prompt">The name of the prompt that such texts get unless another is asked for.</param>
/// <param name="Count">How many texts there are.</param>
/// <param name="Id">The id of a text.</param>
/// <param name="Text">A text.</param>
/// <param name="Hash">The content hash of ids and texts.</param>
internal sealed record TextSource(
    string Name, string Unit, string Prompt, int Count, Func<int, string> Id, Func<int, string> Text, Func<string> Hash)
{
    public static TextSource Of(Corpus corpus) =>
        new(corpus.Name, "documents", "document", corpus.Count, corpus.GetId, row => corpus[row].FullText, () => corpus.Hash);

    public static TextSource Of(IReadOnlyList<Query> queries) => new(
        "queries", "queries", "query", queries.Count, row => queries[row].Id, row => queries[row].Text,
        () => CorpusHash.Of(queries.Select(query => new Document(query.Id, query.Text))));

    public static TextSource Of(IReadOnlyList<string> texts) => new(
        "texts", "texts", "document", texts.Count, Position, row => texts[row],
        () => CorpusHash.Of(texts.Select((text, row) => new Document(Position(row), text))));

    /// <summary>A text that is fit to embed.</summary>
    /// <exception cref="CdeException">It is empty.</exception>
    public string Checked(int row)
    {
        var text = Text(row);
        return string.IsNullOrWhiteSpace(text)
            ? throw new CdeException($"{Name}: row {row} (id \"{Id(row)}\") is empty; only texts with at least one visible character can be embedded, leave it out")
            : text;
    }

    /// <summary>Some of the texts, by row.</summary>
    public TextSource Only(int[] rows) => this with { Count = rows.Length, Id = i => Id(rows[i]), Text = i => Text(rows[i]) };

    /// <summary>The text of a prompt; empty where the model has none of the usual name.</summary>
    /// <exception cref="CdeException">A prompt was asked for that the model does not have.</exception>
    public static string PromptText(IEncoder encoder, string? wanted, string usual)
    {
        if (encoder.Prompts.TryGetValue(wanted ?? usual, out var text))
            return text;
        if (wanted is null)
            return "";
        throw new CdeException(encoder.Prompts.Count == 0
            ? $"{encoder.Name} has no prompts; leave the prompt \"{wanted}\" out"
            : $"{encoder.Name} has no prompt \"{wanted}\"; {NearestNames.Suggest(wanted, encoder.Prompts.Keys)}");
    }

    private static string Position(int row) => row.ToString(CultureInfo.InvariantCulture);
}
