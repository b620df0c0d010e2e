using Cde.Workbench;
using Cde.Workbench.Models;
using static TorchSharp.torch;

namespace Cde.Kernels.Bench;

/// <summary>Measures encoders: each length and precision, then the precisions against each other.</summary>
internal sealed class EncodingBench(BenchPlan plan, IReadOnlyList<GemmPeak> peaks, IProgress<WorkProgress> progress, CancellationToken cancellation)
{
    /// <summary>The measured rows.</summary>
    public List<EncodingRow> Rows { get; } = [];

    /// <summary>The comparisons of precisions.</summary>
    public List<CosineRow> Cosines { get; } = [];

    /// <summary>Measures one model in every precision of the plan.</summary>
    public void Measure(BenchModel model)
    {
        var compared = Workload.Of(CosineLengths(model), plan.Seed);
        var vectors = new Dictionary<ScalarType, float[]>();
        foreach (var precision in plan.Precisions)
        {
            using var encoder = model.Build(precision, plan.Seed);
            foreach (var length in plan.Lengths)
                Rows.Add(Row(encoder, length));
            if (plan.Precisions.Count > 1)
                vectors[precision] = Encoding.Run(encoder, compared, cancellation).Vectors;
        }

        if (vectors.Count == 2)
            Cosines.Add(new CosineRow(model.Title, compared.Count, Encoding.LowestCosine(vectors[ScalarType.Float32], vectors[ScalarType.BFloat16], model.Shape.Width)));
    }

    private EncodingRow Row(BenchEncoder encoder, int length)
    {
        var texts = Workload.Of(Math.Max(4, plan.Positions / (length + encoder.PositionsPerText)), length, plan.Seed);
        Encoding.Run(encoder, Workload.First(texts, Math.Min(2, texts.Count)), cancellation); // packs the weights, warms up
        var seconds = new List<double>();
        for (var run = 0; run < plan.Runs; run++)
        {
            progress.Report(new WorkProgress($"{encoder.Name}, {encoder.Precision.ToString().ToLowerInvariant()}, {length} tokens", run, plan.Runs, "runs"));
            seconds.Add(Encoding.Run(encoder, texts, cancellation).Seconds);
        }

        var timings = new Timings(seconds);
        var flops = Encoding.Flops(encoder, texts);
        var rate = flops / timings.Median / 1e9;
        var peak = peaks.First(found => found.Precision == encoder.Precision.ToString().ToLowerInvariant()).Gigaflops;
        return new EncodingRow(
            encoder.Name, encoder.Precision.ToString().ToLowerInvariant(), length, texts.Count, texts.TotalTokens / timings.Median, flops / texts.TotalTokens, rate,
            rate / peak, Unfused(encoder, texts.TotalTokens / timings.Median, length), timings.Median, timings.Fastest, timings.Slowest);
    }

    /// <summary>The layers one operator at a time, on a quarter of the texts.</summary>
    private double? Unfused(BenchEncoder encoder, double fused, int length)
    {
        if (!plan.Unfused || FusedInference.Kernels(encoder.Precision) is null || encoder.Precision != ScalarType.Float32)
            return null;
        using var off = FusedInference.Off();
        var texts = Workload.Of(Math.Max(4, plan.Positions / 4 / (length + encoder.PositionsPerText)), length, plan.Seed);
        Encoding.Run(encoder, Workload.First(texts, Math.Min(2, texts.Count)), cancellation);
        return texts.TotalTokens / Encoding.Run(encoder, texts, cancellation).Seconds;
    }

    /// <summary>Short texts of mixed lengths, so that many can be compared; fewer where each costs hundreds of context positions.</summary>
    private int[] CosineLengths(BenchModel model)
    {
        var count = model.IsExpensive ? Math.Max(4, plan.CosineTexts / 50) : plan.CosineTexts;
        return [.. Enumerable.Range(0, count).Select(i => 4 + (i * 7 % 45))];
    }
}
