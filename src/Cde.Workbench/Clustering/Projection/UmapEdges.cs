namespace Cde.Workbench.Clustering;

/// <summary>
/// The edges of a graph by the two blocks that their ends lie in. Edges of block pairs that share no block can be walked at the same time, since each moves
/// points of its own two blocks alone; a tournament of blocks makes rounds of such pairs (as in Gemulla et al. 2011), the same whatever the number of threads.
/// </summary>
internal sealed class UmapEdges
{
    private const int ManyBlocks = 16; // eight pairs at a time
    private const int FewPoints = 4096; // of which the rounds would cost more than they save

    private readonly int[] _starts; // of the pairs

    /// <summary>Sorts the edges; those too weak to be walked once in all epochs are left out.</summary>
    /// <param name="graph">Whose ends are numbered so that blocks are runs of numbers.</param>
    /// <param name="epochs">How many there will be.</param>
    public UmapEdges(SparseGraph graph, int epochs)
    {
        var n = graph.Count;
        Blocks = n < FewPoints ? 1 : ManyBlocks;
        var largest = graph.Weights.Max();
        int BlockOf(int point) => (int)((long)point * Blocks / n);
        _starts = new int[(Blocks * Blocks) + 1];
        ForEach((head, tail, _) => _starts[Pair(BlockOf(head), BlockOf(tail)) + 1]++);
        for (var pair = 0; pair < Blocks * Blocks; pair++)
            _starts[pair + 1] += _starts[pair];
        (Heads, Tails, Periods, Next) = (new int[_starts[^1]], new int[_starts[^1]], new float[_starts[^1]], new float[_starts[^1]]);
        var filled = _starts.AsSpan(0, Blocks * Blocks).ToArray();
        ForEach((head, tail, weight) =>
        {
            var place = filled[Pair(BlockOf(head), BlockOf(tail))]++;
            (Heads[place], Tails[place], Periods[place], Next[place]) = (head, tail, largest / weight, largest / weight);
        });

        void ForEach(Action<int, int, float> take)
        {
            for (var i = 0; i < n; i++)
            {
                for (var edge = graph.Starts[i]; edge < graph.Starts[i + 1]; edge++)
                {
                    if (graph.Weights[edge] > 0 && graph.Weights[edge] >= largest / epochs)
                        take(i, graph.Columns[edge], graph.Weights[edge]);
                }
            }
        }
    }

    /// <summary>How many blocks the points are in.</summary>
    public int Blocks { get; }

    /// <summary>The end that negative samples are drawn for.</summary>
    public int[] Heads { get; }

    /// <summary>The other end.</summary>
    public int[] Tails { get; }

    /// <summary>Epochs from one walk to the next: the largest weight / the edge's.</summary>
    public float[] Periods { get; }

    /// <summary>The epoch of the next walk.</summary>
    public float[] Next { get; }

    /// <summary>The rounds, each a list of pairs without a common block.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Rounds()
    {
        var rounds = new List<IReadOnlyList<int>> { Enumerable.Range(0, Blocks).Select(block => Pair(block, block)).ToList() };
        for (var round = 0; round < Blocks - 1; round++)
        {
            // One block stays, the others move around it.
            int Seat(int place) => place == 0 ? Blocks - 1 : (round + place) % (Blocks - 1);
            rounds.Add([.. Enumerable.Range(0, Blocks / 2).Select(place => Pair(Seat(place), Seat(Blocks - 1 - place)))]);
        }

        return rounds;
    }

    /// <summary>Where the edges of a pair lie.</summary>
    public (int From, int To) Of(int pair) => (_starts[pair], _starts[pair + 1]);

    private int Pair(int a, int b) => (Math.Min(a, b) * Blocks) + Math.Max(a, b);
}
