using Cde.Workbench.Models;
using Cde.Workbench.Models.Contextual;
using Cde.Workbench.Models.NomicBert;
using Cde.Workbench.Text;
using static TorchSharp.torch;

namespace Cde.Workbench.Training;

/// <summary>
/// A model as the trainer sees it: parameters, and texts to vectors with gradients, in a context where it knows one. The three steps from a context to a vector
/// are separate, so that gradients can be taken through them one by one.
/// </summary>
public abstract class TrainingModel : IDisposable
{
    /// <summary>The module that holds the parameters.</summary>
    public abstract nn.Module Module { get; }

    /// <summary>d, the width of a text's vector.</summary>
    public abstract int Dimension { get; }

    /// <summary>Whether a context is used; where not, the trainer draws none.</summary>
    public abstract bool IsContextual { get; }

    /// <summary>Whether context documents pass through a first stage.</summary>
    public abstract bool HasFirstStage { get; }

    /// <summary>Whether corpus statistics are used; where not, the trainer counts none.</summary>
    public abstract bool UsesStatistics { get; }

    /// <summary>How many positions the model runs in front of every text.</summary>
    public virtual int PositionsPerText => 0;

    /// <summary>Context documents to the first stage's vectors: (b, T) -> (b, d), or (b, t, d) where a document gives t of them.</summary>
    /// <exception cref="NotSupportedException">The model has no first stage.</exception>
    public virtual Tensor EncodeContext(PaddedBatch documents) => throw new NotSupportedException("this model has no first stage");

    /// <summary>What the texts' pass reads of a context: the first stage's vectors of K documents, or null for the null context, to tensors that depend on the context alone.</summary>
    public virtual IReadOnlyList<Tensor> Prepare(Tensor? context) => [];

    /// <summary>
    /// Texts to vectors, (b, T) -> (b, d), in a context that <see cref="Prepare"/> made ready, and with the buckets (V) of the vocabulary, null where statistics are
    /// not used.
    /// </summary>
    public abstract Tensor Encode(PaddedBatch texts, IReadOnlyList<Tensor> context, Tensor? buckets);

    /// <summary>Texts to a vector of every token, (b, T) -> (b, T, d), whatever stands at padded places.</summary>
    /// <exception cref="CdeException">The model's tokens are not to be compared one by one.</exception>
    public virtual Tensor EncodeTokens(PaddedBatch texts) =>
        throw new CdeException("the loss compares token vectors, which a model that sees a context does not give; take model.architecture bi-encoder without context.statistics, or a plain model in model.start");

    /// <summary>1 on tokens whose vectors count where token vectors are compared, (b, T) int64; all but the padding unless a model says otherwise.</summary>
    internal virtual Tensor TokenMask(PaddedBatch texts) => texts.Mask;

    /// <summary>A domain's texts as this model reads them: each with its prompt, cut at the <paramref name="limits"/>, unless a model says otherwise.</summary>
    internal virtual TokenizedDomain Tokenized(TrainingDomain domain, ITokenizer tokenizer, IReadOnlyDictionary<string, string> prompts, TrainedModelOptions limits) =>
        TokenizedDomain.From(domain, tokenizer, prompts, limits);

    /// <summary>Writes the model as a folder that <see cref="EmbeddingModel.Load"/> reads.</summary>
    public abstract void Write(ModelFolderWriter writer);

    /// <summary>
    /// Encodes the groups' texts, each (B_i, T_i) -> (B_i, d), given the context documents (null for the null context, or where there is no first
    /// stage) and the buckets (V) of the vocabulary (null where statistics are not used). The first stage's vectors of
    /// <paramref name="documentsPerPosition"/> neighbouring context documents are averaged.
    /// </summary>
    public Tensor[] Embed(IReadOnlyList<PaddedBatch> groups, PaddedBatch? context, Tensor? buckets, int documentsPerPosition = 1)
    {
        var prepared = Prepare(context is null ? null : Averaged(EncodeContext(context), documentsPerPosition)); // once a batch, with its gradient
        return [.. groups.Select(group => Encode(group, prepared, buckets))];
    }

    /// <summary>The mean of each <paramref name="size"/> neighbouring rows: (K size, ...) -> (K, ...).</summary>
    internal static Tensor Averaged(Tensor vectors, int size) => size == 1 ? vectors : vectors.unflatten(0, [vectors.size(0) / size, size]).mean([1]);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the module.</summary>
    protected virtual void Dispose(bool disposing) => Module.Dispose();
}

/// <summary>The two-stage encoder in training.</summary>
public sealed class ContextualTrainingModel(ContextualEncoder encoder) : TrainingModel
{
    private bool IsPrefix => encoder.Config.ContextAttention == ContextAttention.Prefix;

    /// <inheritdoc/>
    public override nn.Module Module => encoder;

    /// <inheritdoc/>
    public override int Dimension => encoder.Config.Backbone.Width;

    /// <inheritdoc/>
    public override bool IsContextual => true;

    /// <inheritdoc/>
    public override bool HasFirstStage => true;

    /// <inheritdoc/>
    public override bool UsesStatistics => encoder.Config.ContextStatistics;

    /// <inheritdoc/>
    public override int PositionsPerText => IsPrefix ? 0 : encoder.Config.ContextSlots + encoder.Config.SoftPrompts;

    /// <inheritdoc/>
    public override Tensor EncodeContext(PaddedBatch documents) => encoder.FirstStage.forward(documents.Ids, documents.Mask);

    /// <summary>Under prefix attention the keys, then the values of every layer, each (H, P, d/H); else the context's vectors, or nothing for the null context.</summary>
    public override IReadOnlyList<Tensor> Prepare(Tensor? context)
    {
        var vectors = context?.reshape(-1, encoder.Config.Backbone.Width); // (K t, d)
        if (!IsPrefix)
            return vectors is null ? [] : [vectors];
        var prefix = encoder.SecondStage.Attend(encoder.PrefixOf(vectors));
        return [.. prefix.Keys, .. prefix.Values];
    }

    /// <inheritdoc/>
    public override Tensor Encode(PaddedBatch texts, IReadOnlyList<Tensor> context, Tensor? buckets)
    {
        if (!IsPrefix)
            return encoder.forward(texts.Ids, texts.Mask, context.Count == 0 ? null : context[0], buckets);
        var layers = context.Count / 2;
        var prefix = new PrefixState([.. context.Take(layers)], [.. context.Skip(layers)], encoder.Config.Unrotated);
        return encoder.SecondStage.Embed(texts.Ids, texts.Mask, prefix, buckets);
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
    public override int Dimension => encoder.Dimension;

    /// <inheritdoc/>
    public override bool IsContextual => encoder.UsesStatistics;

    /// <inheritdoc/>
    public override bool HasFirstStage => false;

    /// <inheritdoc/>
    public override bool UsesStatistics => encoder.UsesStatistics;

    /// <inheritdoc/>
    public override Tensor Encode(PaddedBatch texts, IReadOnlyList<Tensor> context, Tensor? buckets) =>
        buckets is null ? encoder.forward(texts.Ids, texts.Mask) : encoder.forward(texts.Ids, texts.Mask, buckets);

    /// <summary>The backbone's hidden states.</summary>
    public override Tensor EncodeTokens(PaddedBatch texts) => encoder.UsesStatistics ? base.EncodeTokens(texts) : encoder.HiddenStates(texts.Ids, texts.Mask);

    /// <inheritdoc/>
    public override void Write(ModelFolderWriter writer) => writer.Write(encoder, maxTokens, statisticsSize);
}
