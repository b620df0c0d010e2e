namespace Cde.Workbench.Clustering;

/// <summary>
/// UMAP's layout by stochastic gradient descent: an edge pulls its ends together as often as it is strong, and its head away from random points. Those are
/// seen where they were when the epoch began, so that threads cannot change what is read.
/// </summary>
internal sealed class UmapDescent
{
    private const float Longest = 4; // a step along an axis, as umap-learn
    private const float Near = 0.001f; // keeps the push finite, as umap-learn

    private readonly UmapEdges _edges;
    private readonly UmapOptions _options;
    private readonly int[] _order; // the point at each place: random, so that blocks are alike
    private readonly int _epochs;
    private readonly float _a;
    private readonly float _b;

    /// <summary>Sorts the edges.</summary>
    public UmapDescent(SparseGraph graph, UmapOptions options, int epochs)
    {
        (_options, _epochs) = (options, epochs);
        var curve = UmapCurve.Fit(options.MinDistance, options.Spread);
        (_a, _b) = ((float)curve.A, (float)curve.B);
        _order = [.. Enumerable.Range(0, graph.Count)];
        SeededRandom.For(options.Seed, 9).Shuffle<int>(_order);
        _edges = new UmapEdges(Renumbered(graph, _order), epochs);
    }

    /// <summary>Moves the points, pairs (x, y).</summary>
    public float[] Run(float[] positions, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        var now = new float[positions.Length];
        for (var place = 0; place < _order.Length; place++)
            (now[2 * place], now[(2 * place) + 1]) = (positions[2 * _order[place]], positions[(2 * _order[place]) + 1]);
        var before = new float[now.Length];
        var rounds = _edges.Rounds();
        for (var epoch = 0; epoch < _epochs; epoch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            now.CopyTo(before, 0);
            var rate = (float)(_options.LearningRate * (1 - ((double)epoch / _epochs)));
            var current = epoch;
            foreach (var round in rounds)
            {
                if (round.Count == 1)
                    Walk(now, before, round[0], current, rate);
                else
                    Parallel.ForEach(round, pair => Walk(now, before, pair, current, rate));
            }

            progress?.Report(new WorkProgress("UMAP", epoch + 1, _epochs, "epochs"));
        }

        for (var place = 0; place < _order.Length; place++)
            (before[2 * _order[place]], before[(2 * _order[place]) + 1]) = (now[2 * place], now[(2 * place) + 1]);
        return before;
    }

    private void Walk(float[] now, float[] before, int pair, int epoch, float rate)
    {
        var random = SeededRandom.For(_options.Seed, 10, epoch, pair);
        var count = (ulong)_order.Length;
        var (heads, tails, next) = (_edges.Heads, _edges.Tails, _edges.Next);
        var (from, to) = _edges.Of(pair);
        for (var edge = from; edge < to; edge++)
        {
            if (next[edge] > epoch + 1)
                continue;
            next[edge] += _edges.Periods[edge];
            var (i, j) = (2 * heads[edge], 2 * tails[edge]);
            var (x, y) = (now[i], now[i + 1]);
            var (dx, dy) = (x - now[j], y - now[j + 1]);
            var square = (dx * dx) + (dy * dy);
            if (square > 0)
            {
                var power = MathF.Pow(square, _b);
                var pull = -2 * _a * _b * power / (square * (1 + (_a * power)));
                var (stepX, stepY) = (rate * Clipped(pull * dx), rate * Clipped(pull * dy));
                (x, y) = (x + stepX, y + stepY);
                (now[j], now[j + 1]) = (now[j] - stepX, now[j + 1] - stepY);
            }

            for (var sample = 0; sample < _options.NegativeSamples; sample++)
            {
                var other = 2 * (int)Math.BigMul(random.Next(), count, out _);
                (dx, dy) = (x - before[other], y - before[other + 1]);
                square = (dx * dx) + (dy * dy);
                if (other == i || square == 0)
                    continue;
                var push = 2 * _b / ((Near + square) * (1 + (_a * MathF.Pow(square, _b))));
                (x, y) = (x + (rate * Clipped(push * dx)), y + (rate * Clipped(push * dy)));
            }

            (now[i], now[i + 1]) = (x, y);
        }
    }

    private static float Clipped(float step) => Math.Clamp(step, -Longest, Longest);

    /// <summary>The graph with its points renumbered: place p holds point order[p].</summary>
    private static SparseGraph Renumbered(SparseGraph graph, int[] order)
    {
        var places = new int[order.Length];
        for (var place = 0; place < order.Length; place++)
            places[order[place]] = place;
        var (starts, columns, weights) = (new int[order.Length + 1], new int[graph.Columns.Length], new float[graph.Columns.Length]);
        for (var place = 0; place < order.Length; place++)
        {
            var filled = starts[place];
            for (var edge = graph.Starts[order[place]]; edge < graph.Starts[order[place] + 1]; edge++, filled++)
                (columns[filled], weights[filled]) = (places[graph.Columns[edge]], graph.Weights[edge]);
            starts[place + 1] = filled;
        }

        return new SparseGraph(starts, columns, weights);
    }
}
