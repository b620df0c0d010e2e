using Cde.Workbench.Models;
using Cde.Workbench.Models.Bert;
using Cde.Workbench.Text;
using Cde.Workbench.Training.Optimization;
using static TorchSharp.torch;

namespace Cde.Workbench.Training;

/// <summary>
/// Training steps of a BERT encoder with mean pooling on one batch of pairs, as <c>train</c> takes them but for the figures that it logs: padding, encoding in groups by length or with
/// gradients cached, InfoNCE on cosines, clipping, AdamW. For measurements of their time.
/// </summary>
public sealed class TrainingStepProbe : IDisposable
{
    private readonly TrainingModel model;
    private readonly TokenizedDomain domain;
    private readonly TrainingBatch batch;
    private readonly BatchLabels labels;
    private readonly BatchLoss loss;
    private readonly BatchEncoding encoding;
    private readonly BatchOptions options;
    private readonly ParameterUpdate update;
    private readonly LargeBlocks memory = LargeBlocks.Reuse();
    private long taken;

    /// <summary>Readies the steps.</summary>
    /// <param name="encoder">Is trained; owned by the caller.</param>
    /// <param name="queries">B queries.</param>
    /// <param name="documents">B documents, row i of which answers query i.</param>
    /// <param name="options">Groups by length, or chunks.</param>
    /// <param name="optimizer">Rates, decay, clipping.</param>
    /// <param name="loss">InfoNCE's options.</param>
    public TrainingStepProbe(BertEncoder encoder, TokenBatch queries, TokenBatch documents, BatchOptions options, OptimizerSettings optimizer, LossChoice loss)
    {
        this.options = options;
        model = new Pooled(encoder);
        foreach (var parameter in encoder.parameters())
            parameter.requires_grad = true;
        domain = TokenizedDomain.Of(queries, documents);
        int[] rows = [.. Enumerable.Range(0, queries.Count)];
        batch = new TrainingBatch(0, rows, rows, []);
        labels = new BatchLabels([.. Enumerable.Range(0, rows.Length * rows.Length).Select(place => place / rows.Length == place % rows.Length)]);
        this.loss = new BatchLoss(loss);
        encoding = new BatchEncoding(model, options, 0, encoder.Config.VocabularySize, CPU);
        update = new ParameterUpdate(encoder, optimizer, new() { Kind = ScheduleKind.Constant, WarmupSteps = 0 }, int.MaxValue);
    }

    /// <summary>Takes a step.</summary>
    /// <returns>The loss before it.</returns>
    public double Step()
    {
        using var scope = NewDisposeScope();
        model.Module.train();
        update.Forget();
        double value;
        if (options.TokensPerChunk > 0)
        {
            value = encoding.Cached(domain, batch, vectors => loss.Terms(vectors, batch, labels, 1));
        }
        else
        {
            var mean = loss.Compute(encoding.OneGraph(domain, batch), batch, labels);
            mean.backward();
            value = mean.item<float>();
        }

        update.Step(taken++);
        return value;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        update.Dispose();
        memory.Dispose();
    }

    private sealed class Pooled(BertEncoder encoder) : TrainingModel
    {
        public override nn.Module Module => encoder;

        public override int Dimension => encoder.Config.Width;

        public override bool IsContextual => false;

        public override bool HasFirstStage => false;

        public override bool UsesStatistics => false;

        public override Tensor Encode(PaddedBatch texts, IReadOnlyList<Tensor> context, Tensor? buckets) => Pooling.Mean(encoder.forward(texts.Ids, texts.Mask), texts.Mask);

        public override void Write(ModelFolderWriter writer) => throw new NotSupportedException("a measured model is not written");
    }
}
