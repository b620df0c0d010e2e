namespace Cde.Workbench.Clustering;

/// <summary>Merges groups along chains of nearest neighbours: when two are nearest to each other, they merge. O(k^2) time.</summary>
internal static class NeighbourChain
{
    /// <summary>All merges, by rising distance.</summary>
    /// <param name="distances">(k, k), changed in place.</param>
    /// <param name="count">k.</param>
    /// <param name="linkage">How the distance to a merged group follows from those to its parts.</param>
    /// <param name="weights">Of each point.</param>
    public static List<Merge> Merge(double[] distances, int count, Linkage linkage, IReadOnlyList<double> weights)
    {
        var size = weights.ToArray();
        if (linkage == Linkage.Ward)
            ToWard(distances, count, size);
        var isActive = Enumerable.Repeat(true, count).ToArray();
        var chain = new List<int>(count);
        var found = new List<(int First, int Second, double Distance)>(Math.Max(0, count - 1));
        while (found.Count < count - 1)
        {
            if (chain.Count == 0)
                chain.Add(Array.IndexOf(isActive, true));
            var end = chain[^1];
            var before = chain.Count > 1 ? chain[^2] : -1;
            var nearest = Nearest(distances, count, isActive, end, before);
            if (nearest != before)
            {
                chain.Add(nearest);
                continue;
            }

            chain.RemoveRange(chain.Count - 2, 2);
            var (kept, gone) = (Math.Min(end, before), Math.Max(end, before));
            found.Add((kept, gone, distances[At(end, before, count)]));
            Update(distances, count, isActive, size, kept, gone, linkage);
            isActive[gone] = false;
            size[kept] += size[gone];
        }

        return Number(found, count, weights, linkage);
    }

    /// <summary>The nearest active group; the end's predecessor where it is as near as any other, so that chains end.</summary>
    private static int Nearest(double[] distances, int count, bool[] isActive, int from, int before)
    {
        var (nearest, distance) = (before, before < 0 ? double.PositiveInfinity : distances[At(from, before, count)]);
        for (var other = 0; other < count; other++)
        {
            if (other != from && isActive[other] && (distances[At(from, other, count)] < distance || nearest < 0))
                (nearest, distance) = (other, distances[At(from, other, count)]);
        }

        return nearest;
    }

    /// <summary>Distances to a merged group (Lance and Williams 1967).</summary>
    private static void Update(double[] distances, int count, bool[] isActive, double[] size, int kept, int gone, Linkage linkage)
    {
        var between = distances[At(kept, gone, count)];
        for (var other = 0; other < count; other++)
        {
            if (other == kept || other == gone || !isActive[other])
                continue;
            var (a, b) = (distances[At(kept, other, count)], distances[At(gone, other, count)]);
            var merged = linkage switch
            {
                Linkage.Single => Math.Min(a, b),
                Linkage.Complete => Math.Max(a, b),
                Linkage.Average => ((size[kept] * a) + (size[gone] * b)) / (size[kept] + size[gone]),
                _ => (((size[kept] + size[other]) * a) + ((size[gone] + size[other]) * b) - (size[other] * between)) / (size[kept] + size[gone] + size[other]),
            };
            distances[At(kept, other, count)] = merged;
            distances[At(other, kept, count)] = merged;
        }
    }

    /// <summary>From Euclidean distances to what merging adds to the sum of squares: w_a w_b / (w_a + w_b) |a - b|^2.</summary>
    private static void ToWard(double[] distances, int count, double[] size)
    {
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
                distances[At(i, j, count)] *= distances[At(i, j, count)] * size[i] * size[j] / (size[i] + size[j]);
        }
    }

    /// <summary>Sorts the merges, and names each group by its point or by the merge that made it.</summary>
    private static List<Merge> Number(List<(int First, int Second, double Distance)> found, int count, IReadOnlyList<double> weights, Linkage linkage)
    {
        var sets = new DisjointSets(count);
        var name = Enumerable.Range(0, count).ToArray();
        var weight = weights.ToArray();
        var merges = new List<Merge>(found.Count);
        foreach (var (first, second, distance) in found.OrderBy(merge => merge.Distance)) // stable: the order of equal ones is that of the chains
        {
            var (a, b) = (sets.Find(first), sets.Find(second));
            var total = weight[a] + weight[b];
            merges.Add(new Merge(Math.Min(name[a], name[b]), Math.Max(name[a], name[b]), linkage == Linkage.Ward ? Math.Sqrt(Math.Max(0, distance)) : distance, total));
            var joined = sets.Join(a, b);
            (name[joined], weight[joined]) = (count + merges.Count - 1, total);
        }

        return merges;
    }

    private static long At(int row, int column, int count) => ((long)row * count) + column;
}
