namespace Cde.Workbench.Clustering;

/// <summary>Centres as vectors.</summary>
/// <param name="centres">(K, d), row by row.</param>
/// <param name="dimension">d.</param>
internal sealed class DenseCentres(float[] centres, int dimension) : ITourCentres
{
    private const int Chunk = 256; // clusters a thread looks at

    public int Nearest(int[] left, int from)
    {
        var chunks = (left.Length + Chunk - 1) / Chunk;
        if (chunks == 1)
            return Nearest(left, from, 0).Place;
        var nearest = new (double Distance, int Place)[chunks];
        Parallel.For(0, chunks, chunk => nearest[chunk] = Nearest(left, from, chunk));
        return nearest.MinBy(found => found.Distance).Place; // the lowest cluster on a tie
    }

    private (double Distance, int Place) Nearest(int[] left, int from, int chunk)
    {
        var best = (Distance: double.PositiveInfinity, Place: chunk * Chunk);
        for (var place = chunk * Chunk; place < Math.Min(left.Length, (chunk + 1) * Chunk); place++)
        {
            if (left[place] < 0)
                continue;
            var distance = ExactDistance.Squared(Centre(from), Centre(left[place]));
            if (distance < best.Distance)
                best = (distance, place);
        }

        return best;
    }

    private ReadOnlySpan<float> Centre(int cluster) => centres.AsSpan(cluster * dimension, dimension);
}
