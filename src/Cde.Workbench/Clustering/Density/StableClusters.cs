namespace Cde.Workbench.Clustering;

/// <summary>Which clusters of a condensed tree are taken, and how stable they are.</summary>
/// <param name="Selected">Their numbers in the tree, ascending; the number of a label is its place here.</param>
/// <param name="Stability">Of each, the sum over its points of how long they stay: lambda at leaving less lambda at birth.</param>
internal sealed record StableClusters(IReadOnlyList<int> Selected, IReadOnlyList<double> Stability)
{
    /// <summary>Selects clusters.</summary>
    public static StableClusters Select(CondensedTree tree, HdbscanOptions options)
    {
        var stability = Stabilities(tree);
        var own = stability.ToArray();
        var children = new List<int>[tree.Clusters];
        for (var i = 0; i < children.Length; i++)
            children[i] = [];
        foreach (var row in tree.ClusterRows)
            children[row.Parent - tree.Root].Add(row.Child - tree.Root);
        var selected = options.Selection == ClusterSelection.Leaf ? Leaves(children, options) : ByMass(children, stability, options);
        if (options.Epsilon > 0 && !(selected is [0]))
            selected = FarEnough(tree, children, selected, options);
        selected.Sort();
        return new StableClusters([.. selected.Select(cluster => cluster + tree.Root)], [.. selected.Select(cluster => own[cluster])]);
    }

    private static double[] Stabilities(CondensedTree tree)
    {
        var birth = new double[tree.Clusters];
        foreach (var row in tree.ClusterRows)
            birth[row.Child - tree.Root] = row.Lambda;
        var stability = new double[tree.Clusters];
        foreach (var row in tree.Rows)
            stability[row.Parent - tree.Root] += (row.Lambda - birth[row.Parent - tree.Root]) * row.Size;
        return stability;
    }

    /// <summary>From the leaves up: a cluster is taken instead of those inside it unless they are more stable together.</summary>
    private static List<int> ByMass(List<int>[] children, double[] stability, HdbscanOptions options)
    {
        var isTaken = new bool[children.Length];
        for (var cluster = children.Length - 1; cluster >= (options.AllowSingleCluster ? 0 : 1); cluster--)
        {
            var inside = children[cluster].Sum(child => stability[child]);
            isTaken[cluster] = inside <= stability[cluster];
            if (!isTaken[cluster])
                stability[cluster] = inside;
            else
                Drop(children, cluster, isTaken);
        }

        return [.. Enumerable.Range(0, children.Length).Where(cluster => isTaken[cluster])];
    }

    private static List<int> Leaves(List<int>[] children, HdbscanOptions options) =>
        [.. Enumerable.Range(0, children.Length).Where(cluster => children[cluster].Count == 0 && (cluster > 0 || options.AllowSingleCluster))];

    /// <summary>Clusters that were born at a smaller distance than epsilon give way to the nearest ancestor that was not.</summary>
    private static List<int> FarEnough(CondensedTree tree, List<int>[] children, List<int> selected, HdbscanOptions options)
    {
        var (parent, distance) = (new int[children.Length], new double[children.Length]);
        foreach (var row in tree.ClusterRows)
            (parent[row.Child - tree.Root], distance[row.Child - tree.Root]) = (row.Parent - tree.Root, 1 / row.Lambda);
        var isTaken = new bool[children.Length];
        foreach (var cluster in selected)
        {
            var top = cluster;
            var isTooClose = distance[top] < options.Epsilon;
            while (isTooClose && (parent[top] > 0 || options.AllowSingleCluster))
            {
                top = parent[top];
                isTooClose = top > 0 && distance[top] <= options.Epsilon;
            }

            isTaken[top] = true;
        }

        for (var cluster = 0; cluster < children.Length; cluster++)
        {
            if (isTaken[cluster])
                Drop(children, cluster, isTaken);
        }

        return [.. Enumerable.Range(0, children.Length).Where(cluster => isTaken[cluster])];
    }

    /// <summary>Takes back everything inside a cluster.</summary>
    private static void Drop(List<int>[] children, int cluster, bool[] isTaken)
    {
        var stack = new Stack<int>(children[cluster]);
        while (stack.TryPop(out var inside))
        {
            isTaken[inside] = false;
            foreach (var child in children[inside])
                stack.Push(child);
        }
    }
}
