using Cde.Workbench.Models;
using Cde.Workbench.Models.MultiVector;
using Cde.Workbench.Text;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.LateInteraction;

/// <summary>A ColBERT model in training: texts as <see cref="MultiVectorModel"/> reads them, to a narrowed vector of every token.</summary>
/// <param name="encoder">The encoder with its linear map.</param>
/// <param name="config">How texts are read.</param>
/// <param name="texts">Reads them.</param>
internal sealed class ColbertTrainingModel(ColbertEncoder encoder, ColbertConfig config, ColbertTokens texts) : TrainingModel
{
    public ColbertConfig Config => config;

    public override nn.Module Module => encoder;

    public override int Dimension => encoder.Dimension;

    public override bool IsContextual => false;

    public override bool HasFirstStage => false;

    public override bool UsesStatistics => false;

    /// <summary>Queries marked and filled up, documents marked; prompts are not of this kind of model.</summary>
    internal override TokenizedDomain Tokenized(TrainingDomain domain, ITokenizer tokenizer, IReadOnlyDictionary<string, string> prompts, TrainedModelOptions limits) =>
        TokenizedDomain.Of(texts.Queries(domain.Queries, config.QueryTokens), texts.Documents(domain.Documents, config.DocumentTokens));

    public override Tensor Encode(PaddedBatch texts, IReadOnlyList<Tensor> context, Tensor? buckets) => throw new NotSupportedException("this model gives vectors of tokens, none of texts");

    public override Tensor EncodeTokens(PaddedBatch batch) => encoder.Narrowed(batch.Ids, texts.Attended(batch.Ids, batch.Mask)); // (b, T, k)

    internal override Tensor TokenMask(PaddedBatch batch) => texts.Kept(batch.Ids, batch.Mask);

    public override void Write(ModelFolderWriter writer) => throw new NotSupportedException("a multi-vector model is written as a copy of the folder that it began with");
}
