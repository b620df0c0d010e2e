using Cde.Workbench.Models;
using Cde.Workbench.Models.Contextual;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Models.NomicBert;
using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Text;
using Cde.Workbench.Training;
using Cde.Workbench.Training.GradientCaching;
using Cde.Workbench.Training.Losses;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Training.GradientCaching;

/// <summary>Cached gradients against those of the same chunks in one graph, with dropout drawn in the same order.</summary>
[Collection(LiveTensors.Name)]
public sealed class GradientCacheTests
{
    private const int PadId = 0;
    private const int Vocabulary = 40;

    private static readonly NomicBertConfig Backbone = new()
    {
        VocabularySize = Vocabulary,
        Width = 16,
        Layers = 2,
        Heads = 2,
        Inner = 256,
        TypeCount = 1,
        EmbeddingDropout = 0.2,
        ResidualDropout = 0.1,
    };

    private static readonly LossTerms Contrast = vectors => InfoNce.Declaration.Terms(
        new() { Queries = vectors[0], Documents = vectors[1], Negatives = vectors.ElementAtOrDefault(2) }, new InfoNceOptions { Temperature = 0.1 }, rows: 3);

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(55)]
    [InlineData(100_000)]
    public void GradientCache_withDropout_givesTheGradientsOfOneGraph(int tokensPerChunk)
    {
        using var scope = NewDisposeScope();
        using var encoder = new BiEncoder(Backbone, new InitialWeights(1).Scope(""));
        encoder.train();
        TextRows[] groups = [Texts(1, 7), Texts(2, 7), Texts(3, 14)];
        Tensor Encode(PaddedBatch batch) => encoder.forward(batch.Ids, batch.Mask);
        LossTerms drawing = vectors =>
        {
            rand(1).Dispose(); // a loss may draw random numbers too
            return Contrast(vectors);
        };

        manual_seed(5);
        var loss = new GradientCache(Encode, new() { TokensPerChunk = tokensPerChunk }, PadId).Backward(groups, drawing);
        var cached = Gradients(encoder);
        var after = rand(1).item<float>();

        manual_seed(5);
        var vectors = groups.Select(texts => InOneGraph(ChunkedRows.OfTexts(texts, Encode, tokensPerChunk, PadId))).ToArray();
        var plain = drawing(vectors).ToArray().Aggregate((sum, term) => sum + term);
        plain.backward();

        Assert.Equal(plain.item<float>(), loss, 1e-5);
        AssertSame(Gradients(encoder), cached);
        Assert.Equal(rand(1).item<float>(), after); // the random numbers go on as after a plain step
        manual_seed(6);
        Assert.NotEqual(loss, new GradientCache(Encode, new() { TokensPerChunk = tokensPerChunk }, PadId).Backward(groups, Contrast), 1e-3); // dropout is on
    }

    public static TheoryData<ContextAttention, bool, bool> Attentions => new()
    {
        { ContextAttention.Full, false, false }, { ContextAttention.Full, true, false }, { ContextAttention.Full, true, true },
        { ContextAttention.Prefix, false, false }, { ContextAttention.Prefix, true, false }, { ContextAttention.Prefix, true, true },
    };

    [Theory]
    [MemberData(nameof(Attentions))]
    public void TwoStageGradientCache_withDropoutOfEveryKind_givesTheGradientsOfOneGraph(ContextAttention attention, bool withNull, bool checkpointLayers)
    {
        using var scope = NewDisposeScope();
        using var encoder = Contextual(attention);
        encoder.train();
        var model = new ContextualTrainingModel(encoder);
        TextRows[] contexts = [Texts(11, 5), Texts(12, 4)];
        ContextTexts[] groups = [new(Texts(1, 6), 0), new(Texts(2, 6), 1), new(Texts(3, 6), withNull ? null : 0)];
        var options = new GradientCacheOptions { TokensPerChunk = 60, ContextTokensPerChunk = 25, CheckpointLayers = checkpointLayers };

        manual_seed(5);
        var loss = new TwoStageGradientCache(model, options, PadId).Backward(contexts, groups, Contrast);
        var cached = Gradients(encoder);

        manual_seed(5);
        var prepared = contexts.Select(texts => model.Prepare(InOneGraph(ChunkedRows.OfTexts(texts, model.EncodeContext, options.ContextTokensPerChunk, PadId)))).ToArray();
        var empty = withNull ? model.Prepare(null) : [];
        var vectors = groups.Select(group => InOneGraph(ChunkedRows.OfTexts(
            group.Texts, batch => model.Encode(batch, group.Context is { } context ? prepared[context] : empty, group.Buckets), options.TokensPerChunk, PadId, positionsPerText: model.PositionsPerText))).ToArray();
        var plain = Contrast(vectors).ToArray().Aggregate((sum, term) => sum + term);
        plain.backward();

        Assert.Equal(plain.item<float>(), loss, 1e-5);
        var wanted = Gradients(encoder);
        AssertSame(wanted, cached);
        Assert.All(wanted, entry => Assert.True(entry.Value.abs().max().item<float>() > 1e-7, $"{entry.Key} got a gradient"));
        manual_seed(6);
        Assert.NotEqual(loss, new TwoStageGradientCache(model, options, PadId).Backward(contexts, groups, Contrast), 1e-3);
    }

    [Fact]
    public void TwoStageGradientCache_ofSeveralVectorsADocument_givesTheGradientsOfOneGraph()
    {
        using var scope = NewDisposeScope();
        using var encoder = Contextual(ContextAttention.Prefix, tokensPerDocument: 2);
        encoder.eval();
        var model = new ContextualTrainingModel(encoder);
        var (context, queries, documents) = (Texts(11, 5), Texts(1, 6), Texts(2, 6));

        new TwoStageGradientCache(model, new() { TokensPerChunk = 20, ContextTokensPerChunk = 10 }, PadId).Backward([context], [new(queries, 0), new(documents, 0)], Contrast);
        var cached = Gradients(encoder);
        var prepared = model.Prepare(InOneGraph(ChunkedRows.OfTexts(context, model.EncodeContext, 10, PadId))); // the same chunks: where a document is cut depends on its padding
        Tensor[] vectors = [.. new[] { queries, documents }.Select(texts => InOneGraph(ChunkedRows.OfTexts(texts, batch => model.Encode(batch, prepared, null), 20, PadId)))];
        Contrast(vectors).ToArray().Aggregate((sum, term) => sum + term).backward();

        AssertSame(Gradients(encoder), cached);
    }

    [Fact]
    public void GradientCache_ofTokenVectors_padsShorterChunks_andGivesTheGradientsOfOneGraph()
    {
        using var scope = NewDisposeScope();
        using var encoder = new NomicBertEncoder(Backbone, new InitialWeights(1).Scope(""));
        encoder.eval();
        var (queries, documents) = (Texts(1, 5), Texts(2, 5));
        using var right = PaddedBatch.From(documents.Tokens, [.. documents.Rows], PadId);
        Tensor Encode(PaddedBatch batch) => nn.functional.normalize(encoder.forward(batch.Ids, batch.Mask), dim: -1); // 0 on padding
        LossTerms loss = vectors => MaxSim.Declaration.Terms(
            new() { Queries = vectors[0], Documents = vectors[1], DocumentMask = right.Mask }, new MaxSimOptions { Temperature = 1 }, rows: 2);

        var cached = new GradientCache(Encode, new() { TokensPerChunk = 9 }, PadId).Backward([queries, documents], loss);
        var gradients = Gradients(encoder);
        using var left = PaddedBatch.From(queries.Tokens, [.. queries.Rows], PadId);
        var plain = MaxSim.Loss(Encode(left), Encode(right), null, right.Mask, new() { Temperature = 1 });
        plain.backward();

        Assert.Equal(plain.item<float>(), cached, 1e-4);
        AssertSame(Gradients(encoder), gradients);
    }

    [Fact]
    public void TwoStageGradientCache_leavesNoTensorButGradients()
    {
        using var scope = NewDisposeScope();
        using var encoder = Contextual(ContextAttention.Prefix);
        encoder.train();
        var cache = new TwoStageGradientCache(new ContextualTrainingModel(encoder), new() { TokensPerChunk = 20, ContextTokensPerChunk = 10 }, PadId);
        void Step() => cache.Backward([Texts(11, 5)], [new(Texts(1, 6), 0), new(Texts(2, 6), null)], Contrast);
        Step();
        var before = LiveTensors.Settled;

        Step();

        Assert.Equal(before, LiveTensors.Count);
    }

    [Fact]
    public void ChunkedRows_ofTexts_holdEveryRowOnce_withinTheBudgetOrAlone()
    {
        var texts = Texts(1, 30);

        var rows = ChunkedRows.OfTexts(texts, _ => throw new InvalidOperationException(), tokensPerChunk: 21, PadId);

        Assert.Equal(Enumerable.Range(0, 30), rows.Chunks.SelectMany(chunk => chunk).Order());
        Assert.All(rows.Chunks, chunk => Assert.True(chunk.Length == 1 || chunk.Length * chunk.Max(row => texts.Tokens.Length(texts.Rows[row])) <= 21));
        Assert.True(rows.Chunks.Count > 5);
    }

    private static ContextualEncoder Contextual(ContextAttention attention, int tokensPerDocument = 1) => new(
        new() { Backbone = Backbone, FirstStageLayers = 1, CorpusSize = 5, SequenceDropout = 0.3, ContextAttention = attention, TokensPerDocument = tokensPerDocument }, new InitialWeights(2).Scope(""));

    /// <summary>Random texts of 3 to 10 tokens, in an order that is not that of their rows.</summary>
    private static TextRows Texts(int seed, int count)
    {
        var random = new Random(seed);
        var texts = Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, random.Next(3, 11)).Select(_ => random.Next(1, Vocabulary)).ToArray()).ToArray();
        int[] offsets = [0, .. texts.Select((_, i) => texts.Take(i + 1).Sum(text => text.Length))];
        return new(new TokenBatch([.. texts.SelectMany(text => text)], offsets), [.. Enumerable.Range(0, count).Reverse()]);
    }

    /// <summary>The chunks in their order, in one graph, back in the order of the rows.</summary>
    private static Tensor InOneGraph(ChunkedRows rows)
    {
        var encoded = cat([.. rows.Chunks.Select(chunk => rows.Encode(chunk))], 0);
        var place = new long[rows.Count];
        foreach (var (row, i) in rows.Chunks.SelectMany(chunk => chunk).Select((row, i) => (row, i)))
            place[row] = i;
        return encoded[tensor(place)];
    }

    private static Dictionary<string, Tensor> Gradients(nn.Module module)
    {
        var gradients = module.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.grad?.clone() ?? zeros_like(entry.parameter));
        module.zero_grad();
        return gradients;
    }

    private static void AssertSame(Dictionary<string, Tensor> wanted, Dictionary<string, Tensor> actual)
    {
        Assert.Equal(wanted.Keys.Order(), actual.Keys.Order());
        foreach (var (name, gradient) in wanted)
        {
            var allowed = 1e-6 + 1e-4 * gradient.abs().max().item<float>();
            Assert.True((actual[name] - gradient).abs().max().item<float>() <= allowed, $"{name}: {(actual[name] - gradient).abs().max().item<float>():g3}, {allowed:g3} is allowed");
        }
    }
}
