using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Bert;

/// <summary>One post-norm BERT layer: (B, T, d) -> (B, T, d).</summary>
internal sealed class BertLayer : nn.Module
{
    private readonly BertConfig config;
    private readonly Projection query;
    private readonly Projection key;
    private readonly Projection value;
    private readonly Projection output;
    private readonly Norm attentionNorm;
    private readonly Projection inner;
    private readonly Projection outer;
    private readonly Norm outputNorm;

    public BertLayer(BertConfig config, WeightScope weights)
        : base(nameof(BertLayer))
    {
        this.config = config;
        var (names, width, inside) = (config.Names, config.Width, config.Inner);
        query = ModuleTree.Add(this, names.Query, new Projection(weights[names.Query], width, width));
        key = ModuleTree.Add(this, names.Key, new Projection(weights[names.Key], width, width));
        value = ModuleTree.Add(this, names.Value, new Projection(weights[names.Value], width, width));
        output = ModuleTree.Add(this, names.Output, new Projection(weights[names.Output], width, width));
        attentionNorm = ModuleTree.Add(this, names.AttentionNorm, new Norm(weights[names.AttentionNorm], width, config.Epsilon));
        inner = ModuleTree.Add(this, names.Inner, new Projection(weights[names.Inner], width, inside));
        outer = ModuleTree.Add(this, names.Outer, new Projection(weights[names.Outer], inside, width));
        outputNorm = ModuleTree.Add(this, names.OutputNorm, new Norm(weights[names.OutputNorm], width, config.Epsilon));
    }

    public LayerWeights Weights => new([query, key, value], output, attentionNorm, inner, null, outer, outputNorm);

    public Tensor forward(Tensor x, Tensor keyBias) => forward(x, x, keyBias);

    /// <summary>As the other, with keys and values of another stream: x (B, T, d), from which queries and residual come, and seen (B, T, d) -> (B, T, d).</summary>
    public Tensor forward(Tensor x, Tensor seen, Tensor keyBias)
    {
        using var scope = NewDisposeScope(); // what lies between the layers' ends would otherwise live until the batch is done
        var q = Attention.SplitHeads(query.forward(x), config.Heads); // (B, T, d) -> (B, H, T, d/H)
        var k = Attention.SplitHeads(key.forward(seen), config.Heads);
        var v = Attention.SplitHeads(value.forward(seen), config.Heads);
        var attended = Attention.JoinHeads(Attention.Attend(q, k, v, keyBias)); // -> (B, T, d)
        x = attentionNorm.forward(Drop(output.forward(attended)) + x);
        var mixed = outer.forward(nn.functional.gelu(inner.forward(x)));
        return outputNorm.forward(Drop(mixed) + x).MoveToOuterDisposeScope();
    }

    private Tensor Drop(Tensor x) => nn.functional.dropout(x, config.Dropout, training);
}
