using static TorchSharp.torch;

namespace Cde.Workbench.Models.Layers;

/// <summary>
/// Activation checkpointing (Chen et al. 2016): while a tape runs on a thread, encoders keep what enters each layer and nothing of what is inside; a layer is computed
/// again, with the same random numbers, when its gradient is due. Memory falls from all layers' activations to one layer's, for one more forward pass.
/// </summary>
/// <remarks>
/// The graph is cut at every layer. So after the backward pass of what came out, <see cref="Replay"/> takes the gradient on, from the last layer to the first. What a
/// layer reads beside its input must be leaves, such as the cached keys and values of a context, since a graph behind it could be walked once only.
/// </remarks>
internal sealed class LayerTape : IDisposable
{
    [ThreadStatic]
    private static LayerTape? current;

    private readonly List<(Tensor Input, Func<Tensor, Tensor> Layer, Tensor Output, RandomState Random)> layers = [];
    private readonly LayerTape? outer = current;

    private LayerTape()
    {
    }

    /// <summary>Starts a tape on this thread until it is disposed.</summary>
    public static LayerTape Start() => current = new LayerTape();

    /// <summary>One layer: x to its output; on the tape where one runs and gradients are asked for.</summary>
    /// <param name="x">What enters the layer.</param>
    /// <param name="layer">The layer; called once more while a tape is replayed.</param>
    public static Tensor Run(Tensor x, Func<Tensor, Tensor> layer)
    {
        if (current is { } tape && is_grad_enabled())
            return tape.Record(x, layer);
        using var scope = NewDisposeScope(); // what lies between the layers' ends would otherwise live until the batch is done
        return layer(x).MoveToOuterDisposeScope();
    }

    /// <summary>Takes the gradients that the outputs have got on to the parameters and to what entered the first layer.</summary>
    public void Replay()
    {
        using var now = RandomState.Capture();
        (current, var own) = (null, current); // the layers are run as they are now
        for (var i = layers.Count - 1; i >= 0; i--)
        {
            using var scope = NewDisposeScope();
            var (x, layer, output, random) = layers[i];
            if (output.grad is not { } gradient)
                continue;
            random.Restore();
            var input = x is { is_leaf: true, requires_grad: true } ? x : x.detach().requires_grad_();
            RouterWatch.Backward(layer(input), gradient);
            output.grad = null;
            if (!ReferenceEquals(input, x) && x.requires_grad)
                autograd.backward(x, input.grad!);
        }

        current = own;
        now.Restore();
    }

    public void Dispose()
    {
        current = outer;
        foreach (var (_, _, _, random) in layers)
            random.Dispose();
    }

    private Tensor Record(Tensor x, Func<Tensor, Tensor> layer)
    {
        var random = RandomState.Capture();
        using var mode = no_grad();
        using var exact = FusedInference.Off();
        using var scope = NewDisposeScope();
        var output = layer(x).MoveToOuterDisposeScope().requires_grad_();
        layers.Add((x, layer, output, random));
        return output;
    }
}
