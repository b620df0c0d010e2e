using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;

namespace Cde.Workbench.Contexts;

/// <summary>The documents chosen for a context, in order.</summary>
public sealed class Minicorpus
{
    private Minicorpus(Corpus source, IReadOnlyList<int> rows, string sampler, long seed) =>
        (Source, Rows, Sampler, Seed) = (source, rows, sampler, seed);

    /// <summary>The corpus chosen from: the one given, or what the sampler made up.</summary>
    public Corpus Source { get; }

    /// <summary>The positions of the documents in <see cref="Source"/>. A small corpus' documents occur more than once.</summary>
    public IReadOnlyList<int> Rows { get; }

    /// <summary>The sampler's name.</summary>
    public string Sampler { get; }

    /// <summary>The seed.</summary>
    public long Seed { get; }

    /// <summary>How many documents.</summary>
    public int Size => Rows.Count;

    /// <summary>The documents, read when enumerated.</summary>
    public IEnumerable<Document> Documents => Rows.Select(row => Source[row]);

    /// <summary>Samples a corpus.</summary>
    /// <param name="corpus">The corpus; null for a sampler that needs none.</param>
    /// <param name="sampler">How to choose.</param>
    /// <param name="size">How many documents; at least 1.</param>
    /// <param name="seed">Decides which.</param>
    public static Minicorpus Sample(Corpus? corpus, IMinicorpusSampler sampler, int size, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        var source = sampler.Source(corpus, size, seed);
        return new Minicorpus(source, sampler.Sample(source.Count, size, seed), sampler.Name, seed);
    }

    /// <summary>The minicorpus that a context was made of, perhaps without one of its documents, whose places the next others take.</summary>
    /// <param name="context">The context.</param>
    /// <param name="source">The corpus that it was sampled from.</param>
    /// <param name="without">The id of a document to leave out; null for none.</param>
    /// <exception cref="CdeException">The corpus is not the one that was sampled.</exception>
    internal static Minicorpus Of(CorpusContext context, Corpus source, string? without = null)
    {
        if (context.CorpusHash != source.Hash)
            throw new CdeException($"the context was sampled from {context.CorpusName} ({ContentHash.Short(context.CorpusHash)}), {source.Name} is another corpus ({ContentHash.Short(source.Hash)}); give the corpus it was made of");
        var slots = without is null ? Enumerable.Range(0, context.Size) : context.SlotsWithout(without);
        return new Minicorpus(source, [.. slots.Select(slot => source.IndexOf(context.DocumentIds[slot]))], context.Sampler, context.Seed);
    }
}
