using System.Globalization;
using System.Runtime.InteropServices;
using Cde.Workbench;
using Cde.Workbench.Models;
using Cde.Workbench.Text;
using static TorchSharp.torch;

namespace Cde.Kernels.Bench;

/// <summary>The same weights and token ids through both sides, in alternating runs.</summary>
internal sealed class PeerBench(BenchPlan plan, IReadOnlyList<int> naturalLengths, IProgress<WorkProgress> progress, CancellationToken cancellation)
{
    /// <summary>The comparisons.</summary>
    public List<PeerRow> Rows { get; } = [];

    /// <summary>PyTorch's version; null before it answered.</summary>
    public string? Version { get; private set; }

    /// <summary>Compares the models that have a peer.</summary>
    /// <returns>Null, or one line on why there is no comparison.</returns>
    public string? Compare(IReadOnlyList<BenchModel> models)
    {
        var folder = Directory.CreateTempSubdirectory("cde-peer-").FullName;
        try
        {
            foreach (var model in models.Where(model => model.HasPeer))
            {
                // A process a model: the peer's memory is then one model's.
                using var peer = PeerProcess.Start(folder, out var missing);
                if (peer is null)
                    return $"the peer is left out: {missing}; to get it: {PeerProcess.Install}";
                Compare(model, peer, folder);
            }

            return null;
        }
        catch (CdeException failure)
        {
            return failure.Message;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void Compare(BenchModel model, PeerProcess peer, string folder)
    {
        var weights = Path.Combine(folder, "model.safetensors");
        foreach (var precision in plan.Precisions)
        {
            using var encoder = (BertBench)model.Build(precision, plan.Seed);
            var name = precision.ToString().ToLowerInvariant();
            if (!File.Exists(weights) || precision == ScalarType.Float32)
                Save(model, encoder, weights);
            Version = peer.Load(weights, model.Shape.Heads, name, get_num_threads());
            foreach (var length in plan.Lengths)
                Compare(model, encoder, peer, folder, Workload.Of(Math.Max(32, plan.Positions / length), length, plan.Seed), $"{length} tokens");
            if (naturalLengths.Count > 0)
            {
                var natural = Workload.Of([.. naturalLengths.Take(plan.NaturalTexts)], plan.Seed);
                Compare(model, encoder, peer, folder, natural, string.Create(CultureInfo.InvariantCulture, $"natural, mean {(double)natural.TotalTokens / natural.Count:f0}"));
            }
        }

        File.Delete(weights);
    }

    private void Compare(BenchModel model, BertBench encoder, PeerProcess peer, string folder, TokenBatch texts, string lengths)
    {
        var precision = encoder.Precision.ToString().ToLowerInvariant();
        progress.Report(new WorkProgress($"peer: {model.Title}, {precision}, {lengths}", 0, 0, ""));
        // Where one text already takes long (bfloat16 without the instructions) fewer texts and runs must do.
        peer.Encode(Workload.First(texts, 1), precision); // warms up
        var probe = Math.Max(1e-4, peer.Encode(Workload.First(texts, 1), precision));
        var count = (int)Math.Clamp(plan.PeerSeconds / probe, 2, texts.Count);
        var compared = count < texts.Count ? Workload.First(texts, count) : texts;
        var runs = probe * compared.Count > 2 * plan.PeerSeconds ? 1 : plan.Runs;

        var file = Path.Combine(folder, "vectors");
        var (ours, _) = Encoding.Run(encoder, compared, cancellation); // warm up both sides, and compare what they compute
        peer.Encode(compared, precision, file);
        var theirs = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(file)).ToArray();
        var cosine = Encoding.LowestCosine(ours, theirs, model.Shape.Width);

        var (own, other) = (new List<double>(), new List<double>());
        for (var run = 0; run < runs; run++)
        {
            cancellation.ThrowIfCancellationRequested();
            own.Add(Encoding.Run(encoder, compared, cancellation).Seconds);
            other.Add(peer.Encode(compared, precision));
        }

        var ourRate = compared.TotalTokens / new Timings(own).Median;
        var peerRate = compared.TotalTokens / new Timings(other).Median;
        var float32 = encoder.Precision == ScalarType.Float32 ? peerRate : Rows.FirstOrDefault(row => row.Model == model.Title && row.Precision == "float32" && Lengths(row) == lengths)?.PeerTokensPerSecond;
        Rows.Add(new PeerRow(
            model.Title, precision, $"{compared.Count} x {lengths}", ourRate, peerRate, ourRate / peerRate, ourRate / float32, cosine,
            Aims.PeerRatio(model.Shape, encoder.Precision), runs));
    }

    private static string Lengths(PeerRow row) => row.Texts[(row.Texts.IndexOf(" x ", StringComparison.Ordinal) + 3)..];

    /// <summary>The seeded float32 weights, under BertModel's names.</summary>
    private void Save(BenchModel model, BertBench encoder, string path)
    {
        using var full = encoder.Precision == ScalarType.Float32 ? null : (BertBench)model.Build(ScalarType.Float32, plan.Seed);
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(path, (full ?? encoder).Module.named_parameters().Select(entry =>
            SafetensorsItem.FromFloats(entry.name, entry.parameter.shape, entry.parameter.detach().data<float>().ToArray())));
    }
}
