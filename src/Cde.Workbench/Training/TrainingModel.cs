using Cde.Workbench.Models;
using static TorchSharp.torch;

namespace Cde.Workbench.Training;

/// <summary>A model as the trainer sees it: parameters, and texts to vectors with gradients, in a context where it knows one.</summary>
public abstract class TrainingModel : IDisposable
{
    /// <summary>The module that holds the parameters.</summary>
    public abstract nn.Module Module { get; }

    /// <summary>Whether a context is used; where not, the trainer draws none.</summary>
    public abstract bool IsContextual { get; }

    /// <summary>Encodes the groups' texts, each (B_i, T_i) -> (B_i, d), given the context documents (null for the null context).</summary>
    public abstract Tensor[] Embed(IReadOnlyList<PaddedBatch> groups, PaddedBatch? context);

    /// <summary>Writes the model as a folder that <see cref="EmbeddingModel.Load"/> reads.</summary>
    public abstract void Write(ModelFolderWriter writer);

    /// <inheritdoc/>
    public void Dispose()
    {
        Module.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>The two-stage encoder in training.</summary>
public sealed class ContextualTrainingModel(ContextualEncoder encoder) : TrainingModel
{
    /// <inheritdoc/>
    public override nn.Module Module => encoder;

    /// <inheritdoc/>
    public override bool IsContextual => true;

    /// <inheritdoc/>
    public override Tensor[] Embed(IReadOnlyList<PaddedBatch> groups, PaddedBatch? context)
    {
        var vectors = context is null ? null : encoder.EmbedContext(context.Ids, context.Mask); // (C, d)
        if (encoder.Config.ContextAttention != ContextAttention.Prefix)
            return [.. groups.Select(group => encoder.forward(group.Ids, group.Mask, vectors))];
        var stage = encoder.SecondStage;
        var prefix = stage.Attend(stage.Prefix(vectors)); // once a batch, with its gradient
        return [.. groups.Select(group => stage.Embed(group.Ids, group.Mask, prefix))];
    }

    /// <inheritdoc/>
    public override void Write(ModelFolderWriter writer) => writer.Write(encoder);
}

/// <summary>The plain bi-encoder in training.</summary>
public sealed class BiEncoderTrainingModel(BiEncoder encoder, int maxTokens) : TrainingModel
{
    /// <inheritdoc/>
    public override nn.Module Module => encoder;

    /// <inheritdoc/>
    public override bool IsContextual => false;

    /// <inheritdoc/>
    public override Tensor[] Embed(IReadOnlyList<PaddedBatch> groups, PaddedBatch? context) =>
        [.. groups.Select(group => encoder.forward(group.Ids, group.Mask))];

    /// <inheritdoc/>
    public override void Write(ModelFolderWriter writer) => writer.Write(encoder, maxTokens);
}
