using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Normalises the last dimensions to mean 0 and variance 1, then scales and shifts them (Ba et al. 2016).</summary>
public sealed class LayerNorm : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))]
    private Parameter? _weight;

    [ComponentName(Name = nameof(bias))]
    private Parameter? _bias;

    internal LayerNorm(long[] normalized_shape, double eps, bool elementwise_affine, bool bias, Device? device, ScalarType? dtype)
        : base(nameof(LayerNorm))
    {
        this.normalized_shape = normalized_shape;
        this.eps = eps;
        this.elementwise_affine = elementwise_affine;
        if (!elementwise_affine) return;
        weight = new Parameter(empty(normalized_shape, dtype, device));
        if (bias) this.bias = new Parameter(empty(normalized_shape, dtype, device));
        reset_parameters();
    }

    /// <summary>Lengths of the dimensions that are normalised, the last ones of the input.</summary>
    public long[] normalized_shape { get; set; }

    /// <summary>Added to the variance before the root.</summary>
    /// <value>1e-5 by default.</value>
    public double eps { get; set; }

    /// <summary>Whether the module scales and shifts.</summary>
    public bool elementwise_affine { get; set; }

    /// <summary>The scale, or null where <see cref="elementwise_affine"/> is off. Setting it disposes the old one.</summary>
    public Parameter weight
    {
        get => _weight!;
        set => SetParameter(nameof(weight), ref _weight, value);
    }

    /// <summary>The shift, or null. Setting it disposes the old one.</summary>
    public Parameter? bias
    {
        get => _bias;
        set => SetParameter(nameof(bias), ref _bias, value);
    }

    /// <summary>Sets the scale to one and the shift to zero.</summary>
    public void reset_parameters()
    {
        if (_weight is not null) nn.init.ones_(_weight);
        if (_bias is not null) nn.init.zeros_(_bias);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => nn.functional.layer_norm(tensor, normalized_shape, _weight, _bias, eps);
}
