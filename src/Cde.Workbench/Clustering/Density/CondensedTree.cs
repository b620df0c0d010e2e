namespace Cde.Workbench.Clustering;

/// <summary>A row of the condensed tree: something leaves a cluster.</summary>
/// <param name="Parent">The cluster.</param>
/// <param name="Child">A point (below N) or a cluster (from N; N is the root).</param>
/// <param name="Lambda">1 / distance at which it leaves.</param>
/// <param name="Size">Points in it.</param>
internal readonly record struct CondensedRow(int Parent, int Child, double Lambda, int Size);

/// <summary>
/// The hierarchy of single linkage without its small parts: a split into two groups of the minimum size makes two clusters, any other lets points
/// fall out of one that goes on.
/// </summary>
internal sealed class CondensedTree
{
    private const double SmallestDistance = 1e-300; // keeps 1 / distance of equal points finite

    private CondensedTree(int points, int clusters, List<CondensedRow> rows)
    {
        (Points, Clusters, Rows) = (points, clusters, rows);
    }

    /// <summary>N.</summary>
    public int Points { get; }

    /// <summary>The root's number.</summary>
    public int Root => Points;

    /// <summary>Clusters, the root among them: numbers N to N + this - 1, parents before children.</summary>
    public int Clusters { get; }

    /// <summary>The rows, a parent's before its children's.</summary>
    public IReadOnlyList<CondensedRow> Rows { get; }

    /// <summary>The rows whose child is a cluster.</summary>
    public IEnumerable<CondensedRow> ClusterRows => Rows.Where(row => row.Child >= Points);

    /// <summary>Condenses a spanning tree.</summary>
    /// <param name="edges">By rising distance.</param>
    /// <param name="minClusterSize">The fewest points of a cluster.</param>
    public static CondensedTree Of(TreeEdge[] edges, int minClusterSize)
    {
        var points = edges.Length + 1;
        var nodes = Linkage(edges, points);
        var rows = new List<CondensedRow>(points);
        var cluster = new Dictionary<int, int> { [points + edges.Length - 1] = points }; // node -> the cluster it continues
        var clusters = 1;
        var waiting = new Queue<int>([points + edges.Length - 1]);
        while (waiting.TryDequeue(out var node))
        {
            if (node < points)
                continue;
            var (left, right, distance, _) = nodes[node - points];
            var (parent, lambda) = (cluster[node], 1 / Math.Max(distance, SmallestDistance));
            var (isLeft, isRight) = (Size(left) >= minClusterSize, Size(right) >= minClusterSize);
            foreach (var (child, isLarge) in ((int, bool)[])[(left, isLeft), (right, isRight)])
            {
                if (!isLarge)
                {
                    rows.AddRange(Leaves(child).Select(point => new CondensedRow(parent, point, lambda, 1)));
                    continue;
                }

                cluster[child] = isLeft && isRight ? points + clusters++ : parent;
                if (isLeft && isRight)
                    rows.Add(new CondensedRow(parent, cluster[child], lambda, Size(child)));
                waiting.Enqueue(child);
            }
        }

        return new CondensedTree(points, clusters, rows);

        int Size(int node) => node < points ? 1 : nodes[node - points].Size;

        IEnumerable<int> Leaves(int top)
        {
            var stack = new Stack<int>([top]);
            while (stack.TryPop(out var node))
            {
                if (node < points)
                {
                    yield return node;
                    continue;
                }

                stack.Push(nodes[node - points].Right);
                stack.Push(nodes[node - points].Left);
            }
        }
    }

    /// <summary>Single linkage: node N + i joins the groups at the ends of edge i.</summary>
    private static (int Left, int Right, double Distance, int Size)[] Linkage(TreeEdge[] edges, int points)
    {
        var sets = new DisjointSets(points);
        var node = Enumerable.Range(0, points).ToArray();
        var nodes = new (int Left, int Right, double Distance, int Size)[edges.Length];
        for (var i = 0; i < edges.Length; i++)
        {
            var (a, b) = (sets.Find(edges[i].From), sets.Find(edges[i].To));
            var (left, right) = (node[a], node[b]);
            var joined = sets.Join(a, b);
            nodes[i] = (left, right, edges[i].Distance, sets.Size(joined));
            node[joined] = points + i;
        }

        return nodes;
    }
}
