using System.Diagnostics;
using Cde.Workbench.Embedding;
using Cde.Workbench.Models;
using Cde.Workbench.Text;
using static TorchSharp.torch;

namespace Cde.Kernels.Bench;

/// <summary>Token ids to normalised vectors, batched as the embedders do it.</summary>
internal static class Encoding
{
    /// <summary>The vectors (N, d), one row a text, and the time from token ids to vectors.</summary>
    public static (float[] Vectors, double Seconds) Run(BenchEncoder encoder, TokenBatch texts, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var width = encoder.Shape.Width;
        var vectors = new float[texts.Count * width];
        var plan = BatchPlanner.Plan(Workload.Lengths(texts), new EmbedOptions().TokenBudget, positionsPerText: encoder.PositionsPerText);
        using var mode = no_grad();
        for (var i = 0; i < plan.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = plan[i];
            using var scope = NewDisposeScope();
            using var batch = PaddedBatch.From(texts, rows, padId: 0);
            var unit = nn.functional.normalize(encoder.Encode(batch).to_type(ScalarType.Float32), dim: 1).data<float>().ToArray();
            for (var row = 0; row < rows.Length; row++)
                unit.AsSpan(row * width, width).CopyTo(vectors.AsSpan(rows[row] * width));
        }

        return (vectors, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    /// <summary>Operations for all texts.</summary>
    public static double Flops(BenchEncoder encoder, TokenBatch texts) => Workload.Lengths(texts).Sum(encoder.Flops);

    /// <summary>The lowest cosine between rows of two sets of unit vectors.</summary>
    public static double LowestCosine(float[] left, float[] right, int width)
    {
        var lowest = 1.0;
        for (var start = 0; start < left.Length; start += width)
        {
            double dot = 0, leftSquare = 0, rightSquare = 0;
            for (var i = start; i < start + width; i++)
            {
                dot += (double)left[i] * right[i];
                leftSquare += (double)left[i] * left[i];
                rightSquare += (double)right[i] * right[i];
            }

            lowest = Math.Min(lowest, dot / Math.Sqrt(leftSquare * rightSquare));
        }

        return lowest;
    }
}
