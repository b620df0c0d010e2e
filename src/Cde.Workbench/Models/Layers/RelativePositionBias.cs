using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Layers;

/// <summary>
/// T5's relative positions (Raffel et al. 2020): a number a head that is added to the score of a query and a key, looked up by their distance. Distances fall
/// into buckets, half for keys behind the query and half for those before it: one a distance up to a quarter of the buckets, then ever wider ones.
/// </summary>
public sealed class RelativePositionBias : nn.Module
{
    private readonly Parameter weight;
    private readonly int buckets;
    private readonly int maxDistance;

    /// <summary>Takes <c>weight</c> (buckets, H).</summary>
    /// <param name="weights">Where the table comes from.</param>
    /// <param name="heads">H.</param>
    /// <param name="buckets">Rows of the table; 32 in T5 and MPNet.</param>
    /// <param name="maxDistance">Distances from here on share the last bucket; 128 in T5 and MPNet.</param>
    public RelativePositionBias(WeightScope weights, int heads, int buckets, int maxDistance)
        : base(nameof(RelativePositionBias))
    {
        (this.buckets, this.maxDistance) = (buckets, maxDistance);
        weight = weights.Take("weight", buckets, heads);
        register_parameter("weight", weight);
    }

    /// <summary>The bucket of every query (rows) and key (columns) of a text: (T, T) int64.</summary>
    /// <param name="length">T.</param>
    public Tensor Places(long length)
    {
        var size = checked((int)length);
        var byDistance = Enumerable.Range(1 - size, 2 * size - 1).Select(distance => (long)Bucket(distance, buckets, maxDistance)).ToArray();
        var places = new long[size * size];
        for (var query = 0; query < size; query++)
            byDistance.AsSpan(size - 1 - query, size).CopyTo(places.AsSpan(query * size));
        return tensor(places, [length, length]).to(weight.device);
    }

    /// <summary>The numbers of these buckets: (T, T) -> (1, H, T, T).</summary>
    /// <param name="places">As <see cref="Places"/> gives them.</param>
    public Tensor forward(Tensor places) =>
        weight.index_select(0, places.flatten()).view(places.size(0), places.size(1), -1).permute(2, 0, 1).unsqueeze(0);

    /// <summary>
    /// The bias of every layer, relative positions and hidden keys together, as a function for the layers to call: where gradients are asked for, each
    /// layer must have a graph of its own (<see cref="LayerTape"/>); elsewhere it is made once.
    /// </summary>
    /// <param name="mask">(B, T).</param>
    /// <param name="like">Gives the precision.</param>
    internal Func<Tensor> Bias(Tensor mask, Tensor like)
    {
        var (keys, places) = (Attention.KeyBias(mask, like.dtype), Places(mask.size(1)));
        Tensor Make() => keys + forward(places).to_type(like.dtype); // (B, H, T, T)
        if (is_grad_enabled())
            return Make;
        var made = Make();
        return () => made;
    }

    /// <summary>The bucket of a distance, key's place minus query's; in float32, as the original rounds.</summary>
    /// <param name="distance">Any.</param>
    /// <param name="buckets">How many there are.</param>
    /// <param name="maxDistance">Where the last begins.</param>
    public static int Bucket(int distance, int buckets, int maxDistance)
    {
        var half = buckets / 2;
        var exact = half / 2;
        var (side, far) = (distance > 0 ? half : 0, Math.Abs(distance));
        if (far < exact)
            return side + far;
        var wide = MathF.Log((float)far / exact) / MathF.Log((float)maxDistance / exact) * (half - exact);
        return side + Math.Min(half - 1, exact + (int)wide);
    }
}
