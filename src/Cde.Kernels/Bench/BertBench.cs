using Cde.Workbench.Models;
using Cde.Workbench.Models.Bert;
using static TorchSharp.torch;

namespace Cde.Kernels.Bench;

/// <summary>BERT with mean pooling.</summary>
internal sealed class BertBench : BenchEncoder
{
    /// <summary>BERT's.</summary>
    public const double Epsilon = 1e-12;

    /// <summary>Builds it.</summary>
    public BertBench(EncoderShape shape, ScalarType precision, long seed, double dropout = 0.1)
        : base(shape.Name, shape, precision)
    {
        Module = new BertEncoder(new BertConfig(VocabularySize, shape.Width, shape.Layers, shape.Heads, shape.Inner, 512, 2, Epsilon, dropout), Weights(precision, seed));
        Module.eval();
    }

    /// <summary>The encoder itself.</summary>
    public BertEncoder Module { get; }

    /// <inheritdoc/>
    public override double Flops(int tokens) => Shape.PlainFlops(tokens);

    /// <inheritdoc/>
    public override Tensor Encode(PaddedBatch batch) => Pooling.Mean(Module.forward(batch.Ids, batch.Mask), batch.Mask);

    /// <inheritdoc/>
    public override void Dispose() => Module.Dispose();
}
