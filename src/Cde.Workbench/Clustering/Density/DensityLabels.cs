namespace Cde.Workbench.Clustering;

/// <summary>Labels, probabilities and outlier scores of points from a condensed tree and the clusters taken from it.</summary>
internal static class DensityLabels
{
    /// <summary>The result.</summary>
    public static HdbscanResult Of(CondensedTree tree, StableClusters clusters, HdbscanOptions options)
    {
        var label = ClusterLabels(tree, clusters);
        var labels = new int[tree.Points];
        var probabilities = new double[tree.Points];
        var death = Deaths(tree);
        var rootDeath = death[0];
        foreach (var row in tree.Rows.Where(row => row.Child < tree.Points))
        {
            var cluster = label[row.Parent - tree.Root];
            // Of a single cluster of all points, only the core belongs: what epsilon, or else the densest point, sets as bound.
            if (cluster >= 0 && clusters.Selected[cluster] == tree.Root && row.Lambda < (options.Epsilon > 0 ? 1 / options.Epsilon : rootDeath))
                cluster = ClusterAssignment.Noise;
            labels[row.Child] = cluster;
            if (cluster >= 0)
                probabilities[row.Child] = Share(row.Lambda, death[clusters.Selected[cluster] - tree.Root]);
        }

        var assignment = new ClusterAssignment(labels, clusters.Selected.Count);
        var longest = tree.Rows.Count == 0 ? 0 : tree.Rows.Max(row => row.Lambda);
        var persistence = clusters.Stability.Select((stability, i) => assignment.Sizes[i] == 0 || longest == 0 ? 1 : stability / (assignment.Sizes[i] * longest));
        return new HdbscanResult(assignment, probabilities, OutlierScores(tree, death), [.. persistence]);
    }

    /// <summary>The label of every cluster of the tree: that of its nearest selected ancestor or itself, noise where there is none.</summary>
    private static int[] ClusterLabels(CondensedTree tree, StableClusters clusters)
    {
        var label = new int[tree.Clusters];
        Array.Fill(label, ClusterAssignment.Noise);
        for (var i = 0; i < clusters.Selected.Count; i++)
            label[clusters.Selected[i] - tree.Root] = i;
        foreach (var row in tree.ClusterRows) // parents come before children
        {
            if (label[row.Child - tree.Root] < 0)
                label[row.Child - tree.Root] = label[row.Parent - tree.Root];
        }

        return label;
    }

    /// <summary>The largest lambda at which anything leaves each cluster.</summary>
    private static double[] Deaths(CondensedTree tree)
    {
        var death = new double[tree.Clusters];
        foreach (var row in tree.Rows)
            death[row.Parent - tree.Root] = Math.Max(death[row.Parent - tree.Root], row.Lambda);
        return death;
    }

    /// <summary>1 - lambda of the point / largest lambda at which anything leaves the cluster that it falls out of.</summary>
    private static double[] OutlierScores(CondensedTree tree, double[] death)
    {
        var scores = new double[tree.Points];
        foreach (var row in tree.Rows.Where(row => row.Child < tree.Points))
            scores[row.Child] = death[row.Parent - tree.Root] is > 0 and var most ? (most - row.Lambda) / most : 0;
        return scores;
    }

    private static double Share(double lambda, double death) => death == 0 ? 1 : Math.Min(lambda, death) / death;
}
