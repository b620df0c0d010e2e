using System.Text.Json;
using System.Text.Json.Nodes;
using Cde.Workbench;
using Cde.Workbench.Text;
using Cde.Workbench.Training;

namespace Cde.Kernels.Bench;

/// <summary>PyTorch in a process of its own, which waits on its input between requests.</summary>
internal sealed class PeerProcess : IDisposable
{
    /// <summary>How to get the peer on Debian and Ubuntu.</summary>
    public const string Install = "apt-get install python3-torch python3-numpy";

    private readonly PythonPeer peer;

    private PeerProcess(PythonPeer peer) => this.peer = peer;

    /// <summary>Starts it; where that cannot be, <paramref name="missing"/> says why in one line.</summary>
    public static PeerProcess? Start(string scriptFolder, out string? missing) =>
        PythonPeer.Start("peer_bench.py", scriptFolder, Install, out missing) is { } started ? new PeerProcess(started) : null;

    /// <summary>Loads weights; the answer is PyTorch's version.</summary>
    /// <exception cref="CdeException">The peer cannot, in one line.</exception>
    public string Load(string weights, int heads, string precision, int threads) => (string)peer.Ask(new JsonObject
    {
        ["op"] = "load",
        ["file"] = weights,
        ["heads"] = heads,
        ["epsilon"] = BertBench.Epsilon,
        ["precision"] = precision,
        ["threads"] = threads,
    })["version"]!;

    /// <summary>Loads weights to train; the answer is PyTorch's version.</summary>
    /// <exception cref="CdeException">The peer cannot, in one line.</exception>
    public string Train(string weights, int heads, int threads, double temperature, OptimizerSettings optimizer) => (string)peer.Ask(new JsonObject
    {
        ["op"] = "train",
        ["file"] = weights,
        ["heads"] = heads,
        ["epsilon"] = BertBench.Epsilon,
        ["threads"] = threads,
        ["temperature"] = temperature,
        ["rate"] = optimizer.LearningRate,
        ["decay"] = optimizer.WeightDecay,
        ["clip"] = optimizer.ClipNorm,
    })["version"]!;

    /// <summary>Takes a training step; the answer is its seconds, from token ids to new weights, and the loss before it.</summary>
    /// <param name="queries">B queries.</param>
    /// <param name="documents">B documents.</param>
    /// <param name="chunk">Texts a chunk of gradient caching; 0 for one graph.</param>
    public (double Seconds, double Loss) Step(TokenBatch queries, TokenBatch documents, int chunk)
    {
        var answer = peer.Ask(new JsonObject { ["op"] = "step", ["queries"] = Rows(queries), ["documents"] = Rows(documents), ["chunk"] = chunk });
        return ((double)answer["seconds"]!, (double)answer["loss"]!);
    }

    /// <summary>Encodes texts in batches of 32; the answer is the seconds from token ids to vectors.</summary>
    public double Encode(TokenBatch texts, string precision, string? vectorsFile = null) => (double)peer.Ask(new JsonObject
    {
        ["op"] = "encode",
        ["precision"] = precision,
        ["batch"] = 32,
        ["vectors"] = vectorsFile,
        ["rows"] = Rows(texts),
    })["seconds"]!;

    /// <inheritdoc/>
    public void Dispose() => peer.Dispose();

    private static JsonArray Rows(TokenBatch texts) => new([.. Enumerable.Range(0, texts.Count).Select(row => JsonSerializer.SerializeToNode(texts[row].ToArray()))]);
}
