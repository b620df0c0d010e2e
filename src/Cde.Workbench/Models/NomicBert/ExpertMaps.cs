using Cde.Workbench.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.NomicBert;

/// <summary>The two maps of every expert, <c>gelu(x w1_e^T) w2_e</c>, as the checkpoint keeps them: one matrix for all first maps and one for all second ones, both (E F, d).</summary>
internal sealed class ExpertMaps : nn.Module
{
    private readonly int experts;
    private Parameter? w1;
    private Parameter? w2;

    public ExpertMaps(WeightScope weights, int experts, long width, long inner)
        : base(nameof(ExpertMaps))
    {
        this.experts = experts;
        w1 = weights.Take("w1", experts * inner, width);
        w2 = weights.Take("w2", experts * inner, width);
        register_parameter("w1", w1);
        register_parameter("w2", w2);
    }

    /// <summary>The maps in fewer bits, expert by expert; none as long as they are whole.</summary>
    public IReadOnlyList<CompactWeight> Stored { get; private set; } = [];

    /// <summary>The tokens of every expert through its maps: (n, d) in the order of the experts -> (n, d). At least one token.</summary>
    /// <param name="tokens">Those of the first expert, then those of the second, ...</param>
    /// <param name="counts">How many each expert has: (E).</param>
    public Tensor forward(Tensor tokens, IReadOnlyList<int> counts)
    {
        var maps = Maps(tokens.dtype);
        var (outputs, from) = (new List<Tensor>(), 0L);
        for (var expert = 0; expert < experts; expert++)
        {
            if (counts[expert] > 0)
                outputs.Add(maps(expert, tokens.narrow(0, from, counts[expert])));
            from += counts[expert];
        }

        return outputs.Count == 1 ? outputs[0] : cat(outputs, 0);
    }

    /// <summary>Keeps the maps in fewer bits from here on.</summary>
    public void Compact(WeightStorage storage)
    {
        using var mode = no_grad();
        using var scope = NewDisposeScope();
        Stored = [.. w1!.chunk(experts, 0).Select(map => CompactWeight.Of(map, storage)), .. w2!.chunk(experts, 0).Select(map => CompactWeight.Of(map.t().contiguous(), storage))];
        foreach (var (name, whole) in new[] { ("w1", w1), ("w2", w2) })
        {
            ConditionallyRegisterParameter(name, null);
            whole.Dispose();
        }

        (w1, w2) = (null, null);
        for (var i = 0; i < Stored.Count; i++)
        {
            foreach (var (name, value) in Stored[i].Buffers)
                register_buffer($"{name}_{i}", value);
        }
    }

    /// <summary>What an expert does with its tokens.</summary>
    private Func<int, Tensor, Tensor> Maps(ScalarType precision)
    {
        if (w1 is null)
            return (expert, x) => Stored[experts + expert].Linear(nn.functional.gelu(Stored[expert].Linear(x, null)), null);
        var (into, back) = (Parts(w1, precision), Parts(w2!, precision));
        return (expert, x) => nn.functional.gelu(nn.functional.linear(x, into[expert])).matmul(back[expert]); // (n, d) -> (n, F) -> (n, d)
    }

    private Tensor[] Parts(Parameter maps, ScalarType precision) => (maps.dtype == precision ? maps : maps.to_type(precision)).chunk(experts, 0); // (E F, d) -> E of (F, d)
}
