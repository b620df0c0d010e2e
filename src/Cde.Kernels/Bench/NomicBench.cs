using Cde.Workbench.Models;
using Cde.Workbench.Models.NomicBert;
using static TorchSharp.torch;

namespace Cde.Kernels.Bench;

/// <summary>NomicBERT with mean pooling: the first stage, and the plain encoder that the second stage is compared with.</summary>
internal sealed class NomicBench : BenchEncoder
{
    private readonly NomicBertEncoder module;

    /// <summary>Builds it.</summary>
    public NomicBench(EncoderShape shape, ScalarType precision, long seed)
        : base(shape.Name, shape, precision)
    {
        module = new NomicBertEncoder(Config(shape), Weights(precision, seed));
        module.eval();
    }

    /// <inheritdoc/>
    public override double Flops(int tokens) => Shape.PlainFlops(tokens);

    /// <inheritdoc/>
    public override Tensor Encode(PaddedBatch batch) => Pooling.ContextualMean(module.forward(batch.Ids, batch.Mask), batch.Mask);

    /// <inheritdoc/>
    public override void Dispose() => module.Dispose();

    /// <summary>A backbone of that shape, otherwise as nomic-bert-2048.</summary>
    public static NomicBertConfig Config(EncoderShape shape) => new()
    {
        VocabularySize = VocabularySize,
        Width = shape.Width,
        Layers = shape.Layers,
        Heads = shape.Heads,
        Inner = shape.Inner,
    };
}
