using Cde.Workbench.Models.Bert;
using Cde.Workbench.Models.NomicBert;

namespace Cde.Workbench.Models;

/// <summary>The architectures of plain encoders, one line each; <c>cde</c>'s own models are <see cref="Contextual.ContextualEncoder"/> and <see cref="Contextual.BiEncoder"/>.</summary>
internal static class Architectures
{
    private const string BertWords = "embeddings.word_embeddings.weight";

    /// <summary>Every architecture.</summary>
    public static IReadOnlyList<Architecture> List { get; } =
    [
        new("bert", BertWords, (json, weights) => new BertEncoder(BertConfig.From(json), weights)),
        new("nomic_bert", BertWords, (json, weights) => new NomicBertEncoder(NomicBertConfig.From(json) with { EmbeddingDropout = 0, ResidualDropout = 0 }, weights)),
    ];

    /// <summary>The architecture that a configuration names.</summary>
    /// <exception cref="CdeException">It is not computed here.</exception>
    public static Architecture Of(JsonConfig json)
    {
        var name = json.Text(["model_type"], "");
        return List.FirstOrDefault(architecture => architecture.ModelType == name)
            ?? throw new CdeException($"{json.Path}: model_type \"{name}\" is not computed here; {string.Join(", ", List.Select(known => known.ModelType))} and cde's two-stage models are");
    }
}
