using System.Buffers;

namespace Cde.Workbench.Clustering;

/// <summary>Centres as sparse rows. Their products come from an inverted index, so that a step of the tour costs what the centres with a word in common hold, not k W.</summary>
/// <param name="centres">(K, W).</param>
internal sealed class SparseCentres(SparseRows centres) : ITourCentres
{
    private readonly SparseRows _byWord = centres.Transposed();
    private readonly double[] _squares = [.. Enumerable.Range(0, centres.Count).Select(centres.SquaredNorm)];

    public int Nearest(int[] left, int from)
    {
        var products = ArrayPool<double>.Shared.Rent(centres.Count);
        Array.Clear(products, 0, centres.Count);
        var words = centres.Columns(from);
        var weights = centres.Values(from);
        for (var i = 0; i < words.Length; i++)
        {
            var clusters = _byWord.Columns(words[i]);
            var values = _byWord.Values(words[i]);
            for (var j = 0; j < clusters.Length; j++)
                products[clusters[j]] += (double)weights[i] * values[j];
        }

        var best = (Distance: double.PositiveInfinity, Place: 0);
        for (var place = 0; place < left.Length; place++)
        {
            if (left[place] < 0)
                continue;
            var distance = _squares[left[place]] - (2 * products[left[place]]); // the square of the cluster to go from is in all of them
            if (distance < best.Distance)
                best = (distance, place);
        }

        ArrayPool<double>.Shared.Return(products);
        return best.Place;
    }
}
