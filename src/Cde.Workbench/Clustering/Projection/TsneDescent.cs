namespace Cde.Workbench.Clustering;

/// <summary>t-SNE's layout by gradient descent with momentum and a gain for every coordinate (Jacobs 1988), as scikit-learn.</summary>
internal sealed class TsneDescent(SparseGraph similarities, TsneOptions options, double theta)
{
    private const float SmallestGain = 0.01f;
    private const float FewestRate = 200;

    private readonly int _n = similarities.Count;
    private readonly Repulsion _repulsion = new(similarities.Count, theta);

    /// <summary>Moves the points, pairs (x, y).</summary>
    public float[] Run(float[] positions, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        var (forces, gradient, velocity, gains) = (new float[2 * _n], new float[2 * _n], new float[2 * _n], new float[2 * _n]);
        Array.Fill(gains, 1);
        var rate = (float)(options.LearningRate ?? Math.Max(_n / options.EarlyExaggeration, FewestRate));
        for (var iteration = 0; iteration < options.Iterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isEarly = iteration < options.EarlyIterations;
            if (iteration == options.EarlyIterations)
            {
                Array.Clear(velocity); // another objective begins
                Array.Fill(gains, 1);
            }

            Gradient(positions, forces, gradient, isEarly ? (float)options.EarlyExaggeration : 1);
            Step(positions, gradient, velocity, gains, rate, isEarly ? 0.5f : 0.8f);
            progress?.Report(new WorkProgress("t-SNE", iteration + 1, options.Iterations, "iterations"));
        }

        return positions;
    }

    /// <summary>A quarter of the gradient: sum over j of p w (y_i - y_j), less the push.</summary>
    internal void Gradient(float[] positions, float[] forces, float[] gradient, float exaggeration)
    {
        const int Chunk = 512;
        var scale = (float)(1 / _repulsion.Of(positions, forces));
        Parallel.For(0, (_n + Chunk - 1) / Chunk, chunk =>
        {
            var (starts, columns, weights) = (similarities.Starts, similarities.Columns, similarities.Weights);
            for (var i = chunk * Chunk; i < Math.Min(_n, (chunk + 1) * Chunk); i++)
            {
                var (x, y, pullX, pullY) = (positions[2 * i], positions[(2 * i) + 1], 0f, 0f);
                for (var edge = starts[i]; edge < starts[i + 1]; edge++)
                {
                    var j = 2 * columns[edge];
                    var (dx, dy) = (x - positions[j], y - positions[j + 1]);
                    var force = weights[edge] / (1 + (dx * dx) + (dy * dy));
                    (pullX, pullY) = (pullX + (force * dx), pullY + (force * dy));
                }

                gradient[2 * i] = (exaggeration * pullX) - (scale * forces[2 * i]);
                gradient[(2 * i) + 1] = (exaggeration * pullY) - (scale * forces[(2 * i) + 1]);
            }
        });
    }

    private static void Step(float[] positions, float[] gradient, float[] velocity, float[] gains, float rate, float momentum)
    {
        var (sumX, sumY) = (0.0, 0.0);
        for (var i = 0; i < positions.Length; i++)
        {
            var isDownhill = velocity[i] * gradient[i] < 0;
            gains[i] = Math.Max(SmallestGain, isDownhill ? gains[i] + 0.2f : gains[i] * 0.8f);
            velocity[i] = (momentum * velocity[i]) - (rate * gains[i] * gradient[i]);
            positions[i] += velocity[i];
            (sumX, sumY) = (i % 2) == 0 ? (sumX + positions[i], sumY) : (sumX, sumY + positions[i]);
        }

        var (meanX, meanY) = ((float)(2 * sumX / positions.Length), (float)(2 * sumY / positions.Length));
        for (var i = 0; i < positions.Length; i += 2)
        {
            positions[i] -= meanX;
            positions[i + 1] -= meanY;
        }
    }
}
