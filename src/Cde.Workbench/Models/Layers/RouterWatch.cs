using static TorchSharp.torch;

namespace Cde.Workbench.Models.Layers;

/// <summary>
/// Watches the routers of mixtures of experts on a thread, over the layers and batches that are computed until it is disposed: how many tokens each expert got, and how
/// probable the tokens found it. Of probabilities with a graph it keeps their sum, whose gradient a loss may ask for.
/// </summary>
internal sealed class RouterWatch : IDisposable
{
    [ThreadStatic]
    private static RouterWatch? current;

    private readonly RouterWatch? outer = current;
    private readonly Tensor? slopes;
    private Tensor? sums;

    private RouterWatch(Tensor? slopes) => this.slopes = slopes;

    /// <summary>Tokens that went to each expert, over all k of a token: (E); empty where no mixture was computed.</summary>
    public long[] Routed { get; private set; } = [];

    /// <summary>The sum of each expert's probability over the tokens: (E).</summary>
    public double[] Probabilities { get; private set; } = [];

    /// <summary>Tokens, counted once a layer.</summary>
    public long Tokens { get; private set; }

    /// <summary>Watches this thread until it is disposed.</summary>
    /// <param name="slopes">The gradient of a loss in the sums of probabilities, (E), which <see cref="Backward"/> takes on; null for none.</param>
    public static RouterWatch Start(Tensor? slopes = null) => current = new RouterWatch(slopes);

    /// <summary>Told by every mixture that computes.</summary>
    /// <param name="probabilities">(N, E).</param>
    /// <param name="values">The same as numbers.</param>
    /// <param name="routed">Tokens of each expert, (E).</param>
    public static void Saw(Tensor probabilities, ReadOnlySpan<float> values, ReadOnlySpan<int> routed)
    {
        if (current is not { } watch)
            return;
        var experts = routed.Length;
        if (watch.Routed.Length != experts)
            (watch.Routed, watch.Probabilities) = (new long[experts], new double[experts]);
        for (var expert = 0; expert < experts; expert++)
            watch.Routed[expert] += routed[expert];
        for (var i = 0; i < values.Length; i++)
            watch.Probabilities[i % experts] += values[i];
        watch.Tokens += values.Length / experts;
        if (!probabilities.requires_grad)
            return;
        using var scope = NewDisposeScope();
        var sum = probabilities.sum([0L]);
        var total = (watch.sums is null ? sum : watch.sums + sum).DetachFromDisposeScope();
        watch.sums?.Dispose();
        watch.sums = total;
    }

    /// <summary>The sums of probabilities that have a graph, times their gradient: a scalar; null where there are none. They are forgotten.</summary>
    /// <param name="gradient">(E).</param>
    public Tensor? Weighted(Tensor gradient)
    {
        using var taken = sums;
        sums = null;
        return taken is null ? null : (taken * gradient).sum();
    }

    /// <summary>Takes a gradient back from what came out and, where this thread is watched with slopes, theirs from the probabilities that led to it.</summary>
    public static void Backward(Tensor output, Tensor gradient)
    {
        if (current is { slopes: { } slopes } watch && watch.Weighted(slopes) is { } weighted)
            autograd.backward([output, weighted], [gradient, ones_like(weighted)]);
        else
            autograd.backward(output, gradient);
    }

    public void Dispose()
    {
        current = outer;
        sums?.Dispose();
    }
}
