using Cde.Workbench.Search;

namespace Cde.Workbench.Clustering;

/// <summary>A word that tells a cluster from the others.</summary>
/// <param name="Word">In lower case.</param>
/// <param name="Weight">By class-based tf-idf.</param>
public sealed record LabelWord(string Word, double Weight);

/// <summary>Names clusters by the words that their texts use and others' do not.</summary>
public static class ClusterLabels
{
    private const int ShortestWord = 2; // letters: a single one says nothing about a cluster

    /// <summary>The words of the largest weight in each cluster, best first; equal weights in the order of the words' bytes.</summary>
    /// <param name="assignment">The clusters; points in none count in no class.</param>
    /// <param name="text">The text of a point; asked for once each, in order.</param>
    /// <param name="words">Words a cluster.</param>
    /// <param name="splitIdentifiers">Whether identifiers are split into words first, as for code.</param>
    /// <param name="weighting">How words are weighed; without square roots and BM25 where left out.</param>
    /// <param name="leavesOutFillers">
    /// Whether function words of English, and words that more than half of the documents have, name nothing; a cluster that has no other words keeps them.
    /// </param>
    /// <param name="cancellationToken">Stops between texts.</param>
    public static IReadOnlyList<IReadOnlyList<LabelWord>> Of(
        ClusterAssignment assignment, Func<int, string> text, int words = 5, bool splitIdentifiers = false, ClassTfidf? weighting = null,
        bool leavesOutFillers = false, CancellationToken cancellationToken = default)
    {
        weighting ??= new ClassTfidf();
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        var lookup = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        var totals = new List<long>();
        var documents = new List<(int Count, int Last)>(); // of each word, and the last one that had it
        var counts = Enumerable.Range(0, assignment.Clusters).Select(_ => new Dictionary<int, long>()).ToArray();
        var analyzer = new WordAnalyzer(splitIdentifiers);
        for (var row = 0; row < assignment.Count; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (assignment.Labels[row] < 0)
                continue;
            var cluster = counts[assignment.Labels[row]];
            analyzer.ForEachWord(text(row), word =>
            {
                if (word.Length < ShortestWord)
                    return;
                if (!lookup.TryGetValue(word, out var id))
                {
                    lookup[word] = id = totals.Count;
                    totals.Add(0);
                    documents.Add((0, -1));
                }

                totals[id]++;
                if (documents[id].Last != row)
                    documents[id] = (documents[id].Count + 1, row);
                cluster[id] = cluster.GetValueOrDefault(id) + 1;
            });
        }

        var names = new string[totals.Count];
        foreach (var (word, id) in vocabulary)
            names[id] = word;
        var idf = weighting.Idf(totals, Math.Max(1, assignment.Sizes.Count(size => size > 0)));
        var all = assignment.Labels.Count(label => label >= 0);
        bool[] isFiller = [.. names.Select((name, id) => leavesOutFillers && FillerWords.IsOne(name, documents[id].Count, all))];
        return [.. counts.Select(cluster => Best(cluster, names, isFiller, idf, weighting, words))];
    }

    private static IReadOnlyList<LabelWord> Best(Dictionary<int, long> counts, string[] names, bool[] isFiller, double[] idf, ClassTfidf weighting, int words)
    {
        var total = counts.Values.Sum();
        var hasNames = counts.Keys.Any(id => !isFiller[id]);
        return [.. counts
            .Where(entry => !hasNames || !isFiller[entry.Key])
            .Select(entry => new LabelWord(names[entry.Key], weighting.Weight(entry.Value, total, idf[entry.Key])))
            .OrderByDescending(word => word.Weight)
            .ThenBy(word => word.Word, StringComparer.Ordinal)
            .Take(words)];
    }
}
