using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cde.Workbench.Models.MultiVector;

/// <summary>How a ColBERT model reads texts, as <c>artifact.metadata</c> beside its weights says.</summary>
public sealed record ColbertConfig
{
    /// <summary>The file's name.</summary>
    internal const string FileName = "artifact.metadata";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Tokens of a query, special tokens, marker and expansion included; longer ones are cut, shorter ones filled with <c>[MASK]</c>.</summary>
    /// <value>Default 32.</value>
    public int QueryTokens { get; init; } = 32;

    /// <summary>The most tokens of a document, special tokens and marker included.</summary>
    /// <value>Default 220, ColBERT's.</value>
    public int DocumentTokens { get; init; } = 220;

    /// <summary>The token behind <c>[CLS]</c> of a query.</summary>
    public string QueryMarker { get; init; } = "[unused0]";

    /// <summary>The token behind <c>[CLS]</c> of a document.</summary>
    public string DocumentMarker { get; init; } = "[unused1]";

    /// <summary>Whether a document's punctuation has no vectors.</summary>
    public bool SkipsPunctuation { get; init; } = true;

    /// <summary>Whether the tokens of a query see the <c>[MASK]</c> tokens behind it; those see the query in any case.</summary>
    public bool AttendsToExpansion { get; init; }

    /// <summary>Reads the file of a model folder; the defaults where there is none.</summary>
    /// <exception cref="CdeException">A key is out of range or asks for something that is not computed here.</exception>
    public static ColbertConfig Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return new ColbertConfig();
        var json = JsonConfig.Read(path);
        json.Expect("similarity", "cosine");
        var defaults = new ColbertConfig();
        return new ColbertConfig
        {
            QueryTokens = json.Int(["query_maxlen"], defaults.QueryTokens, least: 4),
            DocumentTokens = json.Int(["doc_maxlen"], defaults.DocumentTokens, least: 4),
            QueryMarker = json.Text(["query_token_id"], defaults.QueryMarker),
            DocumentMarker = json.Text(["doc_token_id"], defaults.DocumentMarker),
            SkipsPunctuation = json.Flag("mask_punctuation", defaults.SkipsPunctuation),
            AttendsToExpansion = json.Flag("attend_to_mask_tokens", defaults.AttendsToExpansion),
        };
    }

    /// <summary>The file's text, in ColBERT's names.</summary>
    internal string ToJson(int dimension) => new JsonObject
    {
        ["query_maxlen"] = QueryTokens,
        ["doc_maxlen"] = DocumentTokens,
        ["query_token_id"] = QueryMarker,
        ["doc_token_id"] = DocumentMarker,
        ["mask_punctuation"] = SkipsPunctuation,
        ["attend_to_mask_tokens"] = AttendsToExpansion,
        ["similarity"] = "cosine",
        ["dim"] = dimension,
    }.ToJsonString(Indented) + "\n";
}
