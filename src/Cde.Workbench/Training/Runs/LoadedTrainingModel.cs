using Cde.Workbench.Models;
using Cde.Workbench.Models.Export;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Runs;

/// <summary>A pooled encoder of a model folder in training: BERT, NomicBERT. Dense layers behind it stay as they are.</summary>
internal sealed class LoadedTrainingModel(LoadedEncoder encoder) : TrainingModel
{
    public override nn.Module Module => encoder.Module;

    public override int Dimension => encoder.Dimension;

    /// <summary>The files that say how it pools, where that is another way than its folder's; else none.</summary>
    public IReadOnlyList<(string Name, string Text)> PoolingFiles(string folder) => encoder.RuledPooling is { } ruled ? SentenceTransformersFiles.WithPooling(folder, ruled, encoder.TokenWidth) : [];

    public override bool IsContextual => false;

    public override bool HasFirstStage => false;

    public override bool UsesStatistics => false;

    public override Tensor Encode(PaddedBatch texts, IReadOnlyList<Tensor> context, Tensor? buckets) => encoder.Embed(texts.Ids, texts.Mask, texts.TypeIds);

    public override Tensor EncodeTokens(PaddedBatch texts) => encoder.HiddenStates(texts.Ids, texts.Mask, texts.TypeIds);

    public override void Write(ModelFolderWriter writer) => throw new NotSupportedException("a model of a folder is written as a copy of that folder");

    protected override void Dispose(bool disposing) => encoder.Dispose();
}
