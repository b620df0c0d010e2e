using Cde.Workbench.Embedding;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Clustering;

/// <summary>Made-up points around made-up centres.</summary>
internal static class Groups
{
    /// <summary>Unit vectors: groups x members of them, scattered around random unit centres; the members of a group do not lie together.</summary>
    public static (EmbeddingMatrix Points, int[] Labels) Around(int groups, int members, int dimension, double spread, long seed)
    {
        var random = new SeededRandom(seed);
        var centres = Enumerable.Range(0, groups).Select(_ => Direction(random, dimension)).ToArray();
        var labels = Enumerable.Range(0, groups * members).Select(i => i % groups).ToArray();
        var rows = labels.Select(label => Direction(random, dimension).Zip(centres[label], (noise, centre) => (float)(centre + (spread * noise))).ToArray());
        return (TestMatrices.Of(dimension, [.. rows.Select((row, i) => ($"d{i}", row))]), labels);
    }

    private static double[] Direction(SeededRandom random, int dimension)
    {
        var vector = Enumerable.Range(0, dimension).Select(_ => Normal(random)).ToArray();
        var norm = Math.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => value / norm)];
    }

    // Box and Muller.
    private static double Normal(SeededRandom random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
