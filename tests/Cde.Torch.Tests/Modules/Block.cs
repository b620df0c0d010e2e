using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Torch.Tests.Modules;

/// <summary>A module with one of everything: submodule, list, parameter, persistent and passing buffer.</summary>
internal sealed class Block : nn.Module<Tensor, Tensor>
{
    private readonly Linear inner;
    private readonly ModuleList<LayerNorm> norms;
    private readonly Parameter scale;
    private readonly Tensor positions;

    public Block(long width = 3) : base(nameof(Block))
    {
        inner = nn.Linear(width, width);
        norms = nn.ModuleList(nn.LayerNorm(width), nn.LayerNorm(width));
        scale = nn.Parameter(ones(width));
        positions = arange(width, dtype: ScalarType.Int64);
        RegisterComponents();
        register_buffer("passing", zeros(width), persistent: false);
    }

    public Parameter Scale => scale;

    public Tensor Positions => positions;

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = inner.call(input);
        foreach (var norm in norms) x = norm.call(x);
        return (x * scale).MoveToOuterDisposeScope();
    }
}
