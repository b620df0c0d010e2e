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

    /// <summary>Whether context documents pass through a first stage.</summary>
    public abstract bool HasFirstStage { get; }

    /// <summary>Whether corpus statistics are used; where not, the trainer counts none.</summary>
    public abstract bool UsesStatistics { get; }

    /// <summary>
    /// Encodes the groups' texts, each (B_i, T_i) -> (B_i, d), given the context documents (null for the null context, or where there is no first
    /// stage) and the buckets (V) of the vocabulary (null where statistics are not used).
    /// </summary>
    public abstract Tensor[] Embed(IReadOnlyList<PaddedBatch> groups, PaddedBatch? context, Tensor? buckets);

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
    public override bool HasFirstStage => true;

    /// <inheritdoc/>
    public override bool UsesStatistics => encoder.Config.ContextStatistics;

    /// <inheritdoc/>
    public override Tensor[] Embed(IReadOnlyList<PaddedBatch> groups, PaddedBatch? context, Tensor? buckets)
    {
        var vectors = context is null ? null : encoder.EmbedContext(context.Ids, context.Mask); // (C, d)
        if (encoder.Config.ContextAttention != ContextAttention.Prefix)
            return [.. groups.Select(group => encoder.forward(group.Ids, group.Mask, vectors, buckets))];
        var stage = encoder.SecondStage;
        var prefix = stage.Attend(stage.Prefix(vectors)); // once a batch, with its gradient
        return [.. groups.Select(group => stage.Embed(group.Ids, group.Mask, prefix, buckets))];
    }

    /// <inheritdoc/>
    public override void Write(ModelFolderWriter writer) => writer.Write(encoder);
}

/// <summary>The bi-encoder in training, plain or with corpus statistics.</summary>
/// <param name="encoder">The encoder.</param>
/// <param name="maxTokens">Most tokens of a text.</param>
/// <param name="statisticsSize">Documents that its statistics count.</param>
public sealed class BiEncoderTrainingModel(BiEncoder encoder, int maxTokens, int statisticsSize) : TrainingModel
{
    /// <inheritdoc/>
    public override nn.Module Module => encoder;

    /// <inheritdoc/>
    public override bool IsContextual => encoder.UsesStatistics;

    /// <inheritdoc/>
    public override bool HasFirstStage => false;

    /// <inheritdoc/>
    public override bool UsesStatistics => encoder.UsesStatistics;

    /// <inheritdoc/>
    public override Tensor[] Embed(IReadOnlyList<PaddedBatch> groups, PaddedBatch? context, Tensor? buckets) =>
        [.. groups.Select(group => buckets is null ? encoder.forward(group.Ids, group.Mask) : encoder.forward(group.Ids, group.Mask, buckets))];

    /// <inheritdoc/>
    public override void Write(ModelFolderWriter writer) => writer.Write(encoder, maxTokens, statisticsSize);
}
