using System.Diagnostics;
using Cde.Workbench.Models.Contextual;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Models.NomicBert;
using Cde.Workbench.Text;
using Cde.Workbench.Training.Losses;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.GradientCaching;

/// <summary>What one cached step took.</summary>
/// <param name="BatchSize">Pairs in the batch.</param>
/// <param name="PeakBytes">Most memory of the process during the step; null where the system does not tell.</param>
/// <param name="Seconds">Wall time of the step.</param>
public sealed record GradientCacheCost(int BatchSize, long? PeakBytes, double Seconds);

/// <summary>
/// Measures two-stage gradient caching on a seeded model and random texts: the memory of a step, which must not follow the batch, and its time beside that of
/// the same step in one graph.
/// </summary>
public sealed class GradientCacheProbe : IDisposable
{
    private const int PadId = 0;
    private const int Vocabulary = 2000;
    private const int ContextDocuments = 64;

    private readonly ContextualEncoder encoder;
    private readonly ContextualTrainingModel model;
    private readonly GradientCacheOptions options;
    private readonly long seed;
    private readonly LargeBlocks memory = LargeBlocks.Reuse();

    /// <summary>Builds the model.</summary>
    /// <param name="tokensPerChunk">Positions of a chunk; a batch whose texts hold fewer does not show what a chunk takes.</param>
    /// <param name="width">d.</param>
    /// <param name="layers">Of the second stage; the first has one.</param>
    /// <param name="seed">Of weights and texts.</param>
    /// <param name="checkpointLayers">Whether activations are checkpointed.</param>
    public GradientCacheProbe(int tokensPerChunk = 4096, int width = 192, int layers = 3, long seed = 1, bool checkpointLayers = false)
    {
        var backbone = new NomicBertConfig { VocabularySize = Vocabulary, Width = width, Layers = layers, Heads = width / 32, Inner = 512, TypeCount = 1 };
        encoder = new ContextualEncoder(
            new() { Backbone = backbone, FirstStageLayers = 1, CorpusSize = ContextDocuments, ContextAttention = ContextAttention.Prefix }, new InitialWeights(seed).Scope(""));
        encoder.train();
        model = new ContextualTrainingModel(encoder);
        options = new() { TokensPerChunk = tokensPerChunk, ContextTokensPerChunk = tokensPerChunk, CheckpointLayers = checkpointLayers };
        this.seed = seed;
    }

    /// <summary>One cached step of so many pairs of texts with 8 to 24 tokens.</summary>
    public GradientCacheCost Cached(int batchSize) => Measure(batchSize, (context, queries, documents) =>
        new TwoStageGradientCache(model, options, PadId).Backward([context], [new(queries, 0), new(documents, 0)], Loss));

    /// <summary>The same step in one graph, in chunks of the same texts; its memory grows with the batch.</summary>
    public GradientCacheCost Plain(int batchSize) => Measure(batchSize, (context, queries, documents) =>
    {
        using var scope = NewDisposeScope();
        var prepared = model.Prepare(InOneGraph(ChunkedRows.OfTexts(context, model.EncodeContext, options.ContextTokensPerChunk, PadId)));
        var vectors = new[] { queries, documents }.Select(texts => InOneGraph(ChunkedRows.OfTexts(texts, batch => model.Encode(batch, prepared, null), options.TokensPerChunk, PadId)));
        InfoNce.Declaration.Compute(Batch([.. vectors])).backward();
    });

    /// <summary>Frees the model.</summary>
    public void Dispose()
    {
        model.Dispose();
        memory.Dispose();
    }

    private static IEnumerable<Tensor> Loss(IReadOnlyList<Tensor> vectors) => InfoNce.Declaration.Terms(Batch(vectors), rows: 64);

    private static LossBatch Batch(IReadOnlyList<Tensor> vectors) => new() { Queries = vectors[0], Documents = vectors[1] };

    private GradientCacheCost Measure(int batchSize, Action<TextRows, TextRows, TextRows> step)
    {
        var random = new SeededRandom(seed);
        var (context, queries, documents) = (Texts(random, ContextDocuments), Texts(random, batchSize), Texts(random, batchSize));
        encoder.zero_grad(set_to_none: false);
        var isWatched = PeakMemory.Forget();
        var started = Stopwatch.GetTimestamp();
        step(context, queries, documents);
        return new GradientCacheCost(batchSize, isWatched ? PeakMemory.Bytes() : null, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private static TextRows Texts(SeededRandom random, int count)
    {
        var ids = new List<int>();
        var offsets = new int[count + 1];
        for (var row = 0; row < count; row++)
        {
            for (var left = 8 + random.Below(17); left > 0; left--)
                ids.Add(1 + random.Below(Vocabulary - 1));
            offsets[row + 1] = ids.Count;
        }

        return new TextRows(new TokenBatch([.. ids], offsets), [.. Enumerable.Range(0, count)]);
    }

    /// <summary>The chunks with their graphs, in the order of the rows.</summary>
    private static Tensor InOneGraph(ChunkedRows rows)
    {
        var place = new long[rows.Count];
        foreach (var (row, i) in rows.Chunks.SelectMany(chunk => chunk).Select((row, i) => (row, i)))
            place[row] = i;
        return cat([.. rows.Chunks.Select(rows.Encode)], 0)[tensor(place)];
    }
}
