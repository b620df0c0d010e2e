using Cde.Workbench.Corpora;

namespace Cde.Workbench.Contexts;

/// <summary>
/// Chooses the documents that a context is made of. The same sampler, number of documents, size and seed choose the same documents in the
/// same order.
/// </summary>
public interface IMinicorpusSampler
{
    /// <summary>The name that commands take and contexts record.</summary>
    string Name { get; }

    /// <summary>Chooses documents by position.</summary>
    /// <param name="corpusCount">How many documents there are to choose from; at least 1.</param>
    /// <param name="size">How many to choose.</param>
    /// <param name="seed">Decides which.</param>
    /// <returns><paramref name="size"/> positions, 0 to <paramref name="corpusCount"/> - 1.</returns>
    IReadOnlyList<int> Sample(int corpusCount, int size, long seed);

    /// <summary>The documents to choose from: the corpus, unless the sampler brings its own.</summary>
    /// <param name="corpus">The corpus; null where there is none.</param>
    /// <param name="size">How many will be chosen.</param>
    /// <param name="seed">The seed of the choice.</param>
    /// <exception cref="CdeException">There is no corpus, or it is empty, and the sampler needs one.</exception>
    Corpus Source(Corpus? corpus, int size, long seed) => corpus is { Count: > 0 }
        ? corpus
        : throw new CdeException(corpus is null
            ? $"sampler {Name} needs a corpus; name one, or take the sampler {RandomStringsSampler.SamplerName}"
            : $"sampler {Name}: corpus {corpus.Name} has no documents; name another, or take the sampler {RandomStringsSampler.SamplerName}");
}
