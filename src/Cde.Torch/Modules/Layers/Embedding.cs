using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Table of vectors looked up by number: int64 (...) -> (..., d).</summary>
public sealed class Embedding : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))]
    private Parameter? _weight;

    private readonly long? _paddingIdx;
    private readonly double? _maxNorm;
    private readonly double _normType;
    private readonly bool _scaleGradByFreq;
    private readonly bool _sparse;

    internal Embedding(Parameter weight, long? padding_idx, double? max_norm, double norm_type, bool scale_grad_by_freq, bool sparse)
        : base(nameof(Embedding))
    {
        this.weight = weight;
        _paddingIdx = padding_idx < 0 ? padding_idx + weight.shape[0] : padding_idx;
        _maxNorm = max_norm;
        _normType = norm_type;
        _scaleGradByFreq = scale_grad_by_freq;
        _sparse = sparse;
    }

    /// <summary>The table, (rows, d). Setting it disposes the old one.</summary>
    public Parameter? weight
    {
        get => _weight;
        set => SetParameter(nameof(weight), ref _weight, value);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        if (_maxNorm is { } limit)
        {
            using (no_grad()) Op.Mutate("embedding_renorm_", "", weight!, input, limit, _normType);
        }
        return Op.Call("embedding", "", weight, input, _paddingIdx ?? -1, _scaleGradByFreq, _sparse);
    }
}
