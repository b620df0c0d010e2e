using Cde.Workbench.Corpora;

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
}
