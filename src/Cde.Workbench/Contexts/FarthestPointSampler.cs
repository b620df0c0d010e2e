using Cde.Workbench.Embedding;
using Cde.Workbench.Search;

namespace Cde.Workbench.Contexts;

/// <summary>
/// <c>farthest-point</c>: a random document, then again and again the one farthest from all chosen ones (Gonzalez 1985). It reaches the corners of the corpus, its oddest texts included; take it to see what a
/// context of extremes does. A larger size with the same seed extends the smaller one. Time is O(N size d).
/// </summary>
/// <param name="documents">A vector for each document; the caller's.</param>
/// <param name="cancellationToken">Stops between documents chosen.</param>
public sealed class FarthestPointSampler(EmbeddingMatrix documents, CancellationToken cancellationToken = default) : IMinicorpusSampler
{
    /// <summary>The sampler's name.</summary>
    public const string SamplerName = "farthest-point";

    /// <inheritdoc/>
    public string Name => SamplerName;

    /// <inheritdoc/>
    public IReadOnlyList<int> Sample(int corpusCount, int size, long seed)
    {
        SampledRows.RequireOneOfEach(Name, documents.Count, corpusCount, "vectors");
        return SampledRows.OverSampled(corpusCount, size, seed, wanted => Choose(wanted, seed));
    }

    private int[] Choose(int size, long seed)
    {
        var nearest = new double[documents.Count]; // the largest cosine with a chosen document
        Array.Fill(nearest, double.NegativeInfinity);
        double[] norms = [.. Enumerable.Range(0, documents.Count).Select(row => Math.Sqrt(ExactDot.Of(documents[row], documents[row])))];
        var rows = new int[size];
        rows[0] = SeededRandom.For(seed, 5).Below(documents.Count);
        for (var i = 0; i < size; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (i > 0)
                rows[i] = Array.IndexOf(nearest, nearest.Min()); // the first on a tie
            var chosen = rows[i];
            Parallel.For(0, documents.Count, row => nearest[row] = Math.Max(nearest[row], Cosine(row, chosen)));
            nearest[chosen] = double.PositiveInfinity;
        }

        return rows;

        double Cosine(int a, int b) => norms[a] == 0 || norms[b] == 0 ? 0 : ExactDot.Of(documents[a], documents[b]) / (norms[a] * norms[b]);
    }
}
