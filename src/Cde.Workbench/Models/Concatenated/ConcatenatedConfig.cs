using System.Globalization;
using Cde.Workbench.Models.Bert;

namespace Cde.Workbench.Models.Concatenated;

/// <summary>
/// The BERT encoders of a file that holds several of them, as <c>PaDaS-Lab/arctic-m-bge-small</c> does (spec ). Its <c>config.json</c> says no sizes and its
/// names have a prefix a part, so both are read off the tensors.
/// </summary>
internal static class ConcatenatedConfig
{
    /// <summary>What the parts were trained with in front of queries; the original writes it in its code.</summary>
    public const string QueryPrompt = "Represent this sentence for searching relevant passages: ";

    private const string Anchor = "embeddings.word_embeddings.weight";

    /// <summary>Whether a configuration is of such a model.</summary>
    public static bool Describes(JsonConfig json) =>
        json.Texts("architectures").Contains("ConcatModel") || json.Text(["model_type"], "") is "arctic-m-bge-small" or "concatenated";

    /// <summary>The prefix and the sizes of each part, in the order of their names.</summary>
    /// <param name="json">May say the heads of each part, <c>num_attention_heads</c>: a list.</param>
    /// <param name="files">The weights.</param>
    /// <exception cref="CdeException">There are fewer than two parts, or one has tensors whose sizes do not fit one another.</exception>
    public static IReadOnlyList<(string Prefix, BertConfig Config)> Parts(JsonConfig json, SafetensorsSource files)
    {
        string[] prefixes = [.. files.Entries.Keys.Where(name => name.EndsWith("." + Anchor, StringComparison.Ordinal)).Select(name => name[..^Anchor.Length]).Order(StringComparer.Ordinal)];
        if (prefixes.Length < 2)
            throw new CdeException($"{files.Path} has {prefixes.Length} encoders ({Anchor} behind a prefix); a concatenated model has at least two");
        var heads = json.Ints("num_attention_heads");
        if (heads.Count > 0 && heads.Count != prefixes.Length)
            throw new CdeException($"{json.Path}: \"num_attention_heads\" has {heads.Count} numbers, the file {prefixes.Length} encoders");
        return [.. prefixes.Select((prefix, part) => (prefix, Sizes(json, files, prefix, heads.Count > 0 ? heads[part] : null)))];
    }

    private static BertConfig Sizes(JsonConfig json, SafetensorsSource files, string prefix, int? heads)
    {
        var (words, positions, types) = (Rows(Anchor), Rows("embeddings.position_embeddings.weight"), Rows("embeddings.token_type_embeddings.weight"));
        var width = (int)files.Entry(prefix + Anchor).Shape[1];
        var layers = 0;
        while (files.Entries.ContainsKey(string.Create(CultureInfo.InvariantCulture, $"{prefix}encoder.layer.{layers}.attention.self.query.weight")))
            layers++;
        return new BertConfig(words, width, layers, heads ?? Heads(), Rows("encoder.layer.0.intermediate.dense.weight"), positions, types).Checked(json);

        int Rows(string name) => (int)files.Expect(prefix + name, -1, -1).Shape[0];

        // BERT's heads are 64 wide; the encoders of width 384 (MiniLM, bge-small, arctic-embed-s) have twelve all the same.
        int Heads() => width == 384 ? 12
            : width % 64 == 0 ? width / 64
            : throw new CdeException($"{json.Path}: the encoder {prefix.TrimEnd('.')} is {width} wide, from which its heads cannot be told; say \"num_attention_heads\", a number for each encoder");
    }
}
