using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Cde.Workbench;
using Cde.Workbench.Models;
using Cde.Workbench.Training;
using static TorchSharp.torch;

namespace Cde.Kernels.Bench;

/// <summary>The time of a training step in float32, and of the same steps of the same weights on the same token ids in PyTorch, in alternating runs.</summary>
internal sealed class TrainBench(BenchPlan plan, IProgress<WorkProgress> progress, CancellationToken cancellation)
{
    private const double Temperature = 0.05;

    /// <summary>Texts a chunk of the peer; ours are cut by <see cref="ChunkTokens"/>, about as many.</summary>
    private const int ChunkTexts = 8;
    private const int ChunkTokens = 512;

    private static readonly OptimizerSettings Optimizer = new() { LearningRate = 2e-5, WeightDecay = 0.01, ClipNorm = 1 };

    /// <summary>The measurements.</summary>
    public List<TrainingRow> Rows { get; } = [];

    /// <summary>PyTorch's version; null before it answered.</summary>
    public string? Version { get; private set; }

    /// <summary>Measures a step in one graph and one with gradients cached.</summary>
    /// <param name="withPeer">Whether PyTorch takes the same steps.</param>
    /// <param name="shape">Of the encoder; MiniLM's where null.</param>
    /// <returns>Null, or one line on why there is no comparison.</returns>
    public string? Measure(bool withPeer, EncoderShape? shape = null)
    {
        var folder = Directory.CreateTempSubdirectory("cde-train-bench-").FullName;
        string? missing = null;
        try
        {
            foreach (var isCached in new[] { false, true })
            {
                using var peer = withPeer && missing is null ? PeerProcess.Start(folder, out missing) : null;
                missing = Measure(shape ?? EncoderShape.MiniLm, isCached, peer, folder) ?? missing;
            }

            return missing is null ? null : missing.StartsWith("the peer", StringComparison.Ordinal) ? missing : $"the peer is left out: {missing}; to get it: {PeerProcess.Install}";
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string? Measure(EncoderShape shape, bool isCached, PeerProcess? peer, string folder)
    {
        var step = isCached ? "gradients cached" : "one graph";
        progress.Report(new WorkProgress($"training step: {shape.Name}, {step}", 0, 0, ""));
        var (queries, documents) = (Workload.Of(Lengths(8, 24), plan.Seed), Workload.Of(Lengths(16, 128), plan.Seed + 1));
        using var encoder = new BertBench(shape, ScalarType.Float32, plan.Seed, dropout: 0);
        string? missing = null;
        if (peer is not null)
        {
            try
            {
                var weights = Path.Combine(folder, "model.safetensors");
                Save(encoder, weights);
                Version = peer.Train(weights, shape.Heads, get_num_threads(), Temperature, Optimizer);
            }
            catch (CdeException failure)
            {
                (peer, missing) = (null, failure.Message);
            }
        }

        using var probe = new TrainingStepProbe(
            encoder.Module, queries, documents, new BatchOptions { Size = plan.TrainingPairs, TokensPerChunk = isCached ? ChunkTokens : 0 }, Optimizer,
            new LossChoice { Options = JsonSerializer.SerializeToElement(new Dictionary<string, double> { ["temperature"] = Temperature }) });
        var (own, other, difference) = (new List<double>(), new List<double>(), 0.0);
        for (var run = -WarmUp; run < plan.Runs; run++)
        {
            cancellation.ThrowIfCancellationRequested();
            var started = Stopwatch.GetTimestamp();
            var loss = probe.Step();
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var theirs = peer?.Step(queries, documents, isCached ? ChunkTexts : 0);
            difference = Math.Max(difference, theirs is { } said ? Math.Abs(said.Loss - loss) / loss : 0);
            if (run < 0)
                continue;
            own.Add(seconds);
            if (theirs is { } answer)
                other.Add(answer.Seconds);
        }

        var (median, tokens) = (new Timings(own).Median, queries.TotalTokens + documents.TotalTokens);
        Rows.Add(new TrainingRow(
            shape.Name, step, string.Create(CultureInfo.InvariantCulture, $"{plan.TrainingPairs} pairs, {tokens} tokens"), median, tokens / median,
            other.Count > 0 ? new Timings(other).Median : null, other.Count > 0 ? difference : null, own.Count));
        return missing;
    }

    /// <summary>Steps of each side that are not measured.</summary>
    private const int WarmUp = 1;

    /// <summary>Even from the shorter to the longer, in a fixed disorder.</summary>
    private int[] Lengths(int from, int to) => [.. Enumerable.Range(0, plan.TrainingPairs).Select(i => from + (i * 37 % plan.TrainingPairs * (to - from) / (plan.TrainingPairs - 1)))];

    private static void Save(BertBench encoder, string path)
    {
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(path, encoder.Module.named_parameters().Select(entry =>
            SafetensorsItem.FromFloats(entry.name, entry.parameter.shape, entry.parameter.detach().data<float>().ToArray())));
    }
}
