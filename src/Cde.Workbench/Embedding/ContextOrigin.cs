namespace Cde.Workbench.Embedding;

/// <summary>Where a context comes from.</summary>
/// <param name="Sampler">The sampler's name.</param>
/// <param name="Seed">The sampler's seed.</param>
/// <param name="ModelName">The model's name.</param>
/// <param name="ModelHash">The model's content hash.</param>
/// <param name="CorpusName">The corpus sampled from.</param>
/// <param name="CorpusHash">Its content hash.</param>
/// <param name="PromptText">What was put in front of every document.</param>
/// <param name="TokensPerDocument">How many vectors a document has.</param>
internal sealed record ContextOrigin(
    string Sampler, long Seed, string ModelName, string ModelHash, string CorpusName, string CorpusHash, string PromptText, int TokensPerDocument);
