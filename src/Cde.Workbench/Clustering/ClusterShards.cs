namespace Cde.Workbench.Clustering;

/// <summary>
/// Parts of data too large to be clustered at once: each group of more rows than the bound is divided at random into parts of about the same size, which are clustered
/// one by one (cde divides beyond 50,000,000 rows).
/// </summary>
public static class ClusterShards
{
    /// <summary>Divides the groups that are too large; the others stay as they are.</summary>
    /// <param name="groups">Which group each row is of: a domain, or one group of all rows.</param>
    /// <param name="mostRows">Most rows of a part; at least 1.</param>
    /// <param name="seed">Of which row goes where.</param>
    /// <returns>The part of each row, parts of one group behind one another; rows of no group are in none.</returns>
    public static ClusterAssignment Of(ClusterAssignment groups, int mostRows, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mostRows, 1);
        if (groups.Sizes.All(size => size <= mostRows))
            return groups;
        var labels = new int[groups.Count];
        Array.Fill(labels, ClusterAssignment.Noise);
        var parts = 0;
        for (var group = 0; group < groups.Clusters; group++)
        {
            int[] rows = [.. groups.Members(group)];
            var count = Math.Max(1, (rows.Length + mostRows - 1) / mostRows);
            if (count > 1)
                SeededRandom.For(seed, group).Shuffle<int>(rows);
            for (var i = 0; i < rows.Length; i++)
                labels[rows[i]] = parts + (int)((long)i * count / rows.Length);
            parts += count;
        }

        return new ClusterAssignment(labels, parts);
    }
}
