using Cde.Workbench;
using Cde.Workbench.Models.Contextual;
using static TorchSharp.torch;

namespace Cde.Kernels.Bench;

/// <summary>An encoder that the bench can measure. A new one is one line in <see cref="All"/>.</summary>
/// <param name="Id">What <c>--models</c> calls it.</param>
/// <param name="Title">What tables call it.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Build">Builds it in a precision from a seed.</param>
internal sealed record BenchModel(string Id, string Title, EncoderShape Shape, Func<ScalarType, long, BenchEncoder> Build)
{
    /// <summary>Every text runs hundreds of positions more than its own.</summary>
    public bool IsExpensive { get; init; }

    /// <summary>PyTorch's side of it is written in <c>peer_bench.py</c>.</summary>
    public bool HasPeer { get; init; }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BenchModel> All { get; } =
    [
        Bert("minilm", EncoderShape.MiniLm),
        Bert("bert-base", EncoderShape.BertBase),
        new("nomic", EncoderShape.Nomic.Name, EncoderShape.Nomic, (precision, seed) => new NomicBench(EncoderShape.Nomic, precision, seed)),
        SecondStage("two-stage-prefix", ContextAttention.Prefix),
        SecondStage("two-stage-full", ContextAttention.Full) with { IsExpensive = true },
    ];

    /// <summary>The models that a comma-separated list names; all where it is empty.</summary>
    /// <exception cref="CdeException">One of them is unknown.</exception>
    public static IReadOnlyList<BenchModel> Choose(IReadOnlyList<string> ids) => ids.Count == 0 ? All :
    [
        .. ids.Select(id => All.FirstOrDefault(model => model.Id == id)
            ?? throw new CdeException($"--models {id}: no such model ({NearestNames.Suggest(id, All.Select(model => model.Id))})")),
    ];

    private static BenchModel Bert(string id, EncoderShape shape) => new(id, shape.Name, shape, (precision, seed) => new BertBench(shape, precision, seed)) { HasPeer = true };

    private static BenchModel SecondStage(string id, ContextAttention attention) => new(
        id, attention == ContextAttention.Full ? "two-stage, full" : "two-stage, prefix", EncoderShape.Nomic,
        (precision, seed) => new SecondStageBench(EncoderShape.Nomic, attention, precision, seed));
}
