using Cde.Workbench.Models;
using Cde.Workbench.Models.Rerankers;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Rerankers;

/// <summary>A reranker in training: pairs of a query and a document to vectors of one number, their score.</summary>
internal sealed class RerankerTrainingModel(PairScorer encoder) : TrainingModel
{
    /// <summary>Whether pairs are put as questions to a language model.</summary>
    public bool IsAsked => encoder is LanguageModelRanker;

    public override nn.Module Module => encoder;

    public override int Dimension => 1;

    public override bool IsContextual => false;

    public override bool HasFirstStage => false;

    public override bool UsesStatistics => false;

    /// <summary>Pairs (b, T) -> scores (b, 1).</summary>
    public override Tensor Encode(PaddedBatch texts, IReadOnlyList<Tensor> context, Tensor? buckets) => encoder.forward(texts.Ids, texts.Mask, texts.TypeIds).unsqueeze(-1);

    public override void Write(ModelFolderWriter writer) => throw new NotSupportedException("a reranker is written as a copy of the folder that it began with");
}
