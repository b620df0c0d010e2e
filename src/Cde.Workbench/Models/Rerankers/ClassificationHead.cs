using static TorchSharp.torch;

namespace Cde.Workbench.Models.Rerankers;

/// <summary>What makes one number of an encoder's hidden states: a sequence classification head with one label. Its layers stand in the model under the checkpoint's names.</summary>
/// <param name="model">The model that owns the layers.</param>
internal abstract class ClassificationHead(nn.Module model)
{
    /// <summary>Hidden states (B, T, d) and mask (B, T) -> logits (B, 1).</summary>
    public abstract Tensor forward(Tensor hidden, Tensor mask);

    /// <summary>Dropout in training.</summary>
    protected Tensor Drop(Tensor x, double probability) => nn.functional.dropout(x, probability, model.training);
}
