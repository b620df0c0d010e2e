using Cde.Workbench.Search;

namespace Cde.Workbench.Tests.Clustering;

/// <summary>
/// Clusters of pairs by their words as the formulas say it, in dense arrays and plain loops: texts are words between blanks, every word has a column, every product is over all columns.
/// </summary>
internal sealed class DenseReference
{
    private readonly double[][] _queries;
    private readonly float[][] _documents;

    public DenseReference(string[] queries, string[] documents, Bm25Options options)
    {
        var words = documents.SelectMany(Split).Distinct().ToArray();
        var average = documents.Average(document => (double)Split(document).Length);
        _queries = [.. queries.Select(query => words.Select(word => (double)Split(query).Count(other => other == word)).ToArray())];
        _documents = [.. documents.Select(document => words.Select(word =>
        {
            var (own, length) = (Split(document).Count(other => other == word), Split(document).Length);
            var having = documents.Count(other => Split(other).Contains(word));
            var rarity = Math.Log(1 + (documents.Length - having + 0.5) / (having + 0.5));
            return (float)(rarity * (own / (own + options.K1 * (1 - options.B + options.B * length / average))));
        }).ToArray())];
    }

    /// <summary>The labels, the centroids and the shift of each iteration.</summary>
    public (int[] Labels, float[][] Centroids, double[] Shifts) Fit(int clusterSize, int first, int iterations = 25, double tolerance = 1e-3)
    {
        var (count, clusters) = (_queries.Length, (int)Math.Ceiling((double)_queries.Length / clusterSize));
        var chosen = new List<int> { first };
        while (chosen.Count < clusters)
            chosen.Add(Enumerable.Range(0, count).Except(chosen).MinBy(pair => chosen.Max(centre => Product(_queries[pair], _documents[centre]))));
        float[][] centroids = [.. chosen.Select(pair => _documents[pair])];
        var (labels, shifts) = (new int[count], new List<double>());
        while (shifts.Count < iterations)
        {
            labels = [.. _queries.Select(query => Enumerable.Range(0, clusters).MaxBy(cluster => Product(query, centroids[cluster])))];
            float[][] means = [.. centroids.Select((centroid, cluster) => labels.Contains(cluster) ? Mean([.. _documents.Where((_, pair) => labels[pair] == cluster)]) : centroid)];
            shifts.Add(centroids.Zip(means, (from, to) => from.Zip(to, (a, b) => ((double)b - a) * ((double)b - a)).Sum()).Sum());
            centroids = means;
            if (shifts.Count > 1 && Math.Abs(shifts[^1] - shifts[^2]) < tolerance)
                break;
        }

        return (labels, centroids, [.. shifts]);
    }

    public double Product(int query, int document) => Product(_queries[query], _documents[document]);

    private static double Product(double[] counts, float[] weights) => counts.Zip(weights, (count, weight) => count * weight).Sum();

    private static float[] Mean(float[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(word => (float)(rows.Sum(row => (double)row[word]) / rows.Length))];

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
