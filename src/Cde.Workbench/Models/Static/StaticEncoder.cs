using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Static;

/// <summary>A static model: each token has one vector, whatever stands around it. A text's vector is their mean.</summary>
internal sealed class StaticEncoder : TokenEncoder
{
    private readonly Parameter table;

    /// <summary>Takes the vectors.</summary>
    /// <param name="vectors">(N, d), one row a token id, weighted.</param>
    /// <param name="width">d.</param>
    /// <param name="maxTokens">The longest text in tokens.</param>
    /// <param name="device">Where they are placed; the CPU where null.</param>
    /// <param name="precision">Their element type.</param>
    public StaticEncoder(float[] vectors, int width, int maxTokens, Device? device, ScalarType precision)
        : base(nameof(StaticEncoder))
    {
        (Width, MaxTokens) = (width, maxTokens);
        using var scope = NewDisposeScope();
        var values = tensor(vectors, [vectors.Length / width, width]).to_type(precision);
        if (device is not null)
            values = values.to(device);
        table = new Parameter(values.DetachFromDisposeScope(), false);
        register_parameter("embeddings", table);
    }

    /// <inheritdoc/>
    public override int Width { get; }

    /// <inheritdoc/>
    public override int MaxTokens { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor ids, Tensor mask, Tensor? typeIds = null) =>
        table.index_select(0, ids.flatten()).view([.. ids.shape, Width]); // (B, T) -> (B, T, d)
}
