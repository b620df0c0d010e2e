using System.Diagnostics;
using Cde.Workbench.Search;

namespace Cde.Workbench.Clustering;

/// <summary>One run of k-means from given centroids: assign every point to the best centroid, move each centroid to its points' mean, and again.</summary>
internal sealed class Lloyd(PointBlocks blocks, KMeansOptions options, int restart)
{
    private const int MaxFruitless = 3;

    private readonly int[] _labels = NoLabels(blocks.Count);
    private readonly ClusterSums _sums = new(options.Clusters, blocks.Dimension);
    private readonly SeededRandom _random = SeededRandom.For(options.Seed, 3, restart);
    private readonly List<double> _history = [];
    private int _filledBefore = int.MaxValue;
    private int _fruitless;
    private TimeSpan _assigning;

    private bool IsCosine => options.Metric == ClusterMetric.Cosine;

    /// <summary>Runs until no point moves, the objective stands still or the iterations are over. The labels are those of the centroids returned.</summary>
    /// <param name="centroids">(K, d), changed in place.</param>
    /// <param name="progress">Told after each iteration.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    public KMeansResult Run(float[] centroids, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        var (isConverged, before) = (false, double.NaN);
        for (var iteration = 0; !isConverged && iteration < options.Iterations; iteration++)
        {
            var (moved, time) = Assign(blocks, options.Metric, centroids, _labels, _sums, cancellationToken);
            _assigning += time;
            var objective = Objective(centroids);
            _history.Add(objective);
            isConverged = moved == 0 || Gain(before, objective) <= options.Tolerance * Math.Abs(objective);
            progress?.Report(new WorkProgress($"k-means run {restart + 1} of {options.Restarts}", iteration + 1, isConverged ? iteration + 1 : options.Iterations, "iterations"));
            before = objective;
            if (isConverged)
                break;
            Update(centroids);
            if (Repair(centroids))
                before = double.NaN; // a split may cost something first
            if (IsCosine)
                Normalize(centroids);
        }

        if (!isConverged)
        {
            _assigning += Assign(blocks, options.Metric, centroids, _labels, _sums, cancellationToken).Time;
            before = Objective(centroids);
        }

        return new KMeansResult(
            new ClusterAssignment(_labels, options.Clusters), centroids, blocks.Dimension, options.Metric, before, _history, restart, isConverged)
        {
            AssignmentTime = _assigning / (_history.Count + (isConverged ? 0 : 1)),
        };
    }

    /// <summary>Assigns every point to its best centroid.</summary>
    /// <param name="blocks">The points.</param>
    /// <param name="metric">How near is measured.</param>
    /// <param name="centroids">(K, d).</param>
    /// <param name="labels">Of each point; changed in place.</param>
    /// <param name="sums">Summed anew; null where nobody needs the sums.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <returns>How many points moved, and the time without that of the sums and of reading points.</returns>
    public static (int Moved, TimeSpan Time) Assign(
        PointBlocks blocks, ClusterMetric metric, float[] centroids, int[] labels, ClusterSums? sums, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var scorer = new CentroidScorer(centroids, blocks.Dimension, metric, Math.Sqrt(blocks.LargestSquaredNorm));
        var (moved, time) = (0, Stopwatch.GetElapsedTime(started));
        sums?.Clear();
        for (var block = 0; block < blocks.Blocks; block++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var rows = blocks.Block(block);
            var part = labels.AsSpan(blocks.Start(block), (int)rows.size(0));
            started = Stopwatch.GetTimestamp();
            moved += scorer.Assign(PointBlocks.Values(rows), part);
            time += Stopwatch.GetElapsedTime(started);
            sums?.Add(PointBlocks.Values(rows), part);
        }

        return (moved, time);
    }

    /// <summary>Labels that every point moves from.</summary>
    public static int[] NoLabels(int count)
    {
        var labels = new int[count];
        Array.Fill(labels, ClusterAssignment.Noise);
        return labels;
    }

    /// <summary>Splits clusters for the empty ones; gives up where splits do not lead to fewer of them, as with fewer different points than clusters.</summary>
    private bool Repair(float[] centroids)
    {
        if (options.EmptyClusters == EmptyClusters.Keep || _fruitless == MaxFruitless)
            return false;
        var filled = EmptyClusterRepair.Split(centroids, blocks.Dimension, _sums.Counts, _random);
        _fruitless = filled > 0 && filled >= _filledBefore ? _fruitless + 1 : 0;
        _filledBefore = filled > 0 ? filled : int.MaxValue;
        return filled > 0;
    }

    private double Gain(double before, double now) => IsCosine ? now - before : before - now;

    private double Objective(float[] centroids)
    {
        var products = _sums.DotWith(centroids);
        var total = IsCosine ? products : blocks.SquaredNorms - (2 * products) + _sums.WeightedSquares(centroids);
        return (IsCosine ? total : Math.Max(0, total)) / blocks.Count;
    }

    /// <summary>Each centroid becomes the mean of its points; one without points, or with a mean of zero for cosines, stays.</summary>
    private void Update(float[] centroids)
    {
        for (var k = 0; k < options.Clusters; k++)
        {
            if (_sums.Counts[k] == 0)
                continue;
            var sum = _sums.Of(k);
            var centroid = centroids.AsSpan(k * blocks.Dimension, blocks.Dimension);
            var square = 0.0;
            foreach (var value in sum)
                square += value * value;
            if (IsCosine && square == 0)
                continue;
            var divisor = IsCosine ? Math.Sqrt(square) : _sums.Counts[k];
            for (var j = 0; j < centroid.Length; j++)
                centroid[j] = (float)(sum[j] / divisor);
        }
    }

    /// <summary>Makes the halves of split centroids unit vectors again; a centroid of norm 0 stays.</summary>
    private void Normalize(float[] centroids)
    {
        for (var k = 0; k < options.Clusters; k++)
        {
            var centroid = centroids.AsSpan(k * blocks.Dimension, blocks.Dimension);
            if (Math.Abs(ExactDot.Of(centroid, centroid) - 1) > 1e-6)
                UnitPoints.Normalize(centroid);
        }
    }
}
