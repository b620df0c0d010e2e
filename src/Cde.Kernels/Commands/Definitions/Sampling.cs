using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Clustering;
using Cde.Workbench.Contexts;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Models;

namespace Cde.Kernels.Commands;

/// <summary>Minicorpora as commands sample them: what a sampler looks at is embedded by the model, without a context.</summary>
internal static class Sampling
{
    /// <summary>Samples a corpus.</summary>
    /// <param name="session">Where corpora and vectors come from.</param>
    /// <param name="corpus">The corpus.</param>
    /// <param name="options">The sampler, its seed and strata.</param>
    /// <param name="size">Documents.</param>
    /// <param name="model">The model, loaded only where the sampler looks at vectors.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<Minicorpus> RunAsync(
        Session session, Corpus corpus, SamplingOptions options, int size, Func<EmbeddingModel> model, CancellationToken cancellation)
    {
        var (sampler, seed) = (options.Sampler, options.Seed);
        if (options.StrataField is { } field)
        {
            if (sampler != StratifiedSampler.SamplerName)
                throw new CdeException($"--strata-field {field} is for --sampler {StratifiedSampler.SamplerName}; with --sampler {sampler} leave it out");
            return await Task.Run(() => Minicorpus.Sample(corpus, new StratifiedSampler(FieldStrata.Of(corpus, field).Strata), size, seed), cancellation).ConfigureAwait(false);
        }

        if (!MinicorpusSamplers.NeedsVectors(sampler))
            return await Task.Run(() => Minicorpus.Sample(corpus, MinicorpusSamplers.Get(sampler), size, seed), cancellation).ConfigureAwait(false);
        var encoder = model();
        using var embedder = Loading.Embedder(encoder, encoder.IsContextual ? CorpusContext.Null(encoder) : null);
        var embedding = new EmbedOptions { Cache = EmbeddingCache.Default };
        using var documents = await embedder.EmbedAsync(corpus, embedding, session.Progress, cancellation).ConfigureAwait(false);
        using var queries = sampler == NearestToQueriesSampler.SamplerName ? await embedder.EmbedAsync(session.Task(options.Corpus).Queries, embedding, session.Progress, cancellation).ConfigureAwait(false) : null;
        return await Task.Run(
            () =>
            {
                var clusters = sampler == StratifiedSampler.SamplerName
                    ? ClusterCache.Default.KMeans(documents, new KMeansOptions { Clusters = Math.Min(options.Strata, corpus.Count), Seed = seed }, session.Progress, cancellation).Assignment
                    : null;
                var inputs = new SamplerInputs { Documents = documents, Queries = queries, Strata = clusters };
                return Minicorpus.Sample(corpus, MinicorpusSamplers.Get(sampler, inputs, cancellation), size, seed);
            },
            cancellation).ConfigureAwait(false);
    }
}
