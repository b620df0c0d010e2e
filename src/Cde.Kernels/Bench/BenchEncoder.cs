using Cde.Workbench.Models;
using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Kernels.Bench;

/// <summary>An encoder with seeded random weights, and what a text costs in it.</summary>
internal abstract class BenchEncoder(string name, EncoderShape shape, ScalarType precision) : IDisposable
{
    /// <summary>Rows of the word tables: BERT's 30,522.</summary>
    protected const int VocabularySize = 30522;

    /// <summary>What the tables call it.</summary>
    public string Name { get; } = name;

    /// <summary>Its sizes.</summary>
    public EncoderShape Shape { get; } = shape;

    /// <summary>float32 or bfloat16.</summary>
    public ScalarType Precision { get; } = precision;

    /// <summary>Positions computed in front of every text.</summary>
    public virtual int PositionsPerText => 0;

    /// <summary>Operations for one text.</summary>
    public abstract double Flops(int tokens);

    /// <summary>(B, T) -> (B, d), pooled.</summary>
    public abstract Tensor Encode(PaddedBatch batch);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>The seeded weights that both precisions share.</summary>
    protected static WeightScope Weights(ScalarType precision, long seed) => new RoundedWeights(new InitialWeights(seed), precision).Scope("");
}
