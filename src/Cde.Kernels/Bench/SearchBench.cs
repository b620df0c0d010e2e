using System.Diagnostics;
using System.Globalization;
using Cde.Workbench.Embedding;
using Cde.Workbench.Search;

namespace Cde.Kernels.Bench;

/// <summary>The measured exact search.</summary>
/// <param name="Documents">N, random unit vectors.</param>
/// <param name="Queries">Q, searched together.</param>
/// <param name="Dimension">d.</param>
/// <param name="Depth">k.</param>
/// <param name="QueriesPerSecond">By the median run.</param>
/// <param name="Gigaflops">2 N Q d operations by the median time, in GFLOP/s; finding the top k is in the time, not in the count.</param>
/// <param name="ShareOfPeak">Of the float32 peak.</param>
public sealed record SearchRate(int Documents, int Queries, int Dimension, int Depth, double QueriesPerSecond, double Gigaflops, double ShareOfPeak);

/// <summary>Measures <see cref="ExactSearch"/>.</summary>
internal static class SearchBench
{
    private const int Dimension = 768;
    private const int Depth = 100;

    /// <summary>What made-up vectors are said to be made of.</summary>
    public static EmbeddingProvenance Provenance { get; } = new()
    {
        ModelName = "bench",
        ModelHash = "bench",
        CorpusName = "bench",
        CorpusHash = "bench",
        Prompt = "",
        PromptText = "",
        Precision = "float32",
        ComputePath = "bench",
        MaxTokens = 0,
    };

    /// <summary>Measures so many queries over so many documents.</summary>
    public static SearchRate Measure(int documents, int queries, int runs, long seed, double peakGigaflops, CancellationToken cancellation)
    {
        var random = new Random(unchecked((int)seed));
        using var stored = Matrix("d", documents, Dimension, random);
        using var asked = Matrix("q", queries, Dimension, random);
        var seconds = new List<double>();
        for (var run = -1; run < runs; run++)
        {
            var started = Stopwatch.GetTimestamp();
            ExactSearch.Search(asked, stored, Depth, cancellationToken: cancellation);
            if (run >= 0) // the first one warms up
                seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        var median = new Timings(seconds).Median;
        var rate = 2.0 * documents * queries * Dimension / median / 1e9;
        return new SearchRate(documents, queries, Dimension, Depth, queries / median, rate, rate / peakGigaflops);
    }

    /// <summary>Random unit vectors.</summary>
    public static EmbeddingMatrix Matrix(string prefix, int count, int dimension, Random random)
    {
        var values = new float[count * dimension];
        for (var row = 0; row < count; row++)
        {
            var vector = values.AsSpan(row * dimension, dimension);
            var square = 0.0;
            for (var i = 0; i < vector.Length; i++)
            {
                vector[i] = (float)(random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5); // near enough to normal
                square += vector[i] * vector[i];
            }

            System.Numerics.Tensors.TensorPrimitives.Divide(vector, (float)Math.Sqrt(square), vector);
        }

        return EmbeddingMatrix.FromRows([.. Enumerable.Range(0, count).Select(i => prefix + i.ToString(CultureInfo.InvariantCulture))], values, dimension, Provenance);
    }
}
