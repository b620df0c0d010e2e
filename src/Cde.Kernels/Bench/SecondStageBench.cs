using Cde.Workbench.Models;
using Cde.Workbench.Models.Contextual;
using Cde.Workbench.Models.NomicBert;
using static TorchSharp.torch;

namespace Cde.Kernels.Bench;

/// <summary>The second stage behind a context of 512 vectors and 8 soft prompts, as cde-small has them.</summary>
internal sealed class SecondStageBench : BenchEncoder
{
    /// <summary>C of cde-small.</summary>
    public const int ContextSize = 512;

    private readonly SecondStage stage;
    private readonly Tensor prefix;
    private readonly PrefixState? state;

    /// <summary>Builds the stage and readies a context of seeded vectors.</summary>
    public SecondStageBench(EncoderShape shape, ContextAttention attention, ScalarType precision, long seed)
        : base(attention == ContextAttention.Full ? "two-stage, full" : "two-stage, prefix", shape, precision)
    {
        var config = new ContextualConfig { Backbone = NomicBench.Config(shape), CorpusSize = ContextSize, ContextAttention = attention };
        stage = new SecondStage(config, Weights(precision, seed));
        stage.eval();
        using var mode = no_grad();
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        var context = randn(ContextSize, shape.Width, generator: generator).to_type(precision);
        prefix = stage.Prefix(context).DetachFromDisposeScope();
        state = attention == ContextAttention.Prefix ? stage.Attend(prefix).Detach() : null;
    }

    private int PrefixLength => (int)prefix.size(1);

    /// <inheritdoc/>
    public override int PositionsPerText => state is null ? PrefixLength : 0;

    /// <inheritdoc/>
    public override double Flops(int tokens) => state is null ? Shape.FullFlops(tokens, PrefixLength) : Shape.PrefixFlops(tokens, PrefixLength);

    /// <inheritdoc/>
    public override Tensor Encode(PaddedBatch batch) =>
        state is null ? stage.Embed(batch.Ids, batch.Mask, prefix) : stage.Embed(batch.Ids, batch.Mask, state);

    /// <inheritdoc/>
    public override void Dispose()
    {
        state?.Dispose();
        prefix.Dispose();
        stage.Dispose();
    }
}
