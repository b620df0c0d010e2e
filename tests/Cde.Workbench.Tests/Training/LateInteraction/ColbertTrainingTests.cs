using System.Text.Json;
using System.Text.Json.Nodes;
using Cde.Workbench.Corpora;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Models;
using Cde.Workbench.Models.MultiVector;
using Cde.Workbench.Models.Rerankers;
using Cde.Workbench.Search;
using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Tests.Models;
using Cde.Workbench.Training;

namespace Cde.Workbench.Tests.Training.LateInteraction;

[Collection(LiveTensors.Name)] // dropout draws from the process' one generator
public sealed class ColbertTrainingTests : IDisposable
{
    private const double Temperature = 0.5;

    private readonly string folder = Directory.CreateTempSubdirectory("cde-colbert-").FullName;
    private readonly List<TinyModelFolder> starts = [];

    [Theory]
    [InlineData("case01_bert_tiny", 600, "bert.embeddings.word_embeddings.weight")]
    [InlineData("case02_nomic_tiny", 640, "bert.embeddings.word_embeddings.weight")]
    [InlineData("case12_distilbert_tiny", 300, "model.embeddings.word_embeddings.weight")]
    [InlineData("case15_modernbert_tiny", 300, "model.embeddings.tok_embeddings.weight")]
    public void An_encoder_gets_a_linear_map_and_becomes_a_multi_vector_model(string golden, int words, string tensor)
    {
        var start = Start(golden, words);
        File.WriteAllText(Path.Combine(start, "modules.json"), """[{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}]""");

        var outcome = Run("run", Options(start, steps: 60)).Run(null, null, default);

        Assert.True(outcome.History.TakeLast(5).Average(step => step.Accuracy) > 0.9, $"accuracy {outcome.History.TakeLast(5).Average(step => step.Accuracy)}");
        using var weights = SafetensorsFile.Open(Path.Combine(outcome.Model!, "model.safetensors"));
        Assert.Equal([8, weights.Entries[tensor].Shape[1]], weights.Entries["linear.weight"].Shape);
        Assert.False(File.Exists(Path.Combine(outcome.Model!, "modules.json")));
        Assert.Equal("HF_ColBERT", (string?)JsonNode.Parse(File.ReadAllText(Path.Combine(outcome.Model!, "config.json")))!["architectures"]![0]);
        using var model = MultiVectorModel.Load(outcome.Model!);
        Assert.Equal((8, 12, 24), (model.Dimension, model.Config.QueryTokens, model.Config.DocumentTokens));
        var domain = TrainingData.Two[0];
        var right = Enumerable.Range(0, 30).Count(i => model.Score(domain.Queries[i], domain.Documents) is var scores && Array.IndexOf(scores, scores.Max()) == i);
        Assert.True(right >= 24, $"{right} of 30 queries have their document first among 30");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_run_that_goes_on_begins_with_the_scores_of_the_model_written(bool attends, bool keepsPunctuation)
    {
        var start = Start("case01_bert_tiny", 600, attends, keepsPunctuation);
        var trained = Run("first", Options(start, steps: 4)).Run(null, null, default).Model!;
        // One domain of eight queries: the only batch holds all.
        var data = TrainingData.Two[0] with { Queries = [.. TrainingData.Two[0].Queries.Take(8)], Positives = [.. TrainingData.Two[0].Positives.Take(8)] };

        var logged = new TrainingRun(Path.Combine(folder, "second"), Options(trained, steps: 3), [data]).Run(null, null, default).History[0].Loss;

        using var model = MultiVectorModel.Load(trained);
        Assert.Equal((attends, !keepsPunctuation), (model.Config.AttendsToExpansion, model.Config.SkipsPunctuation));
        var expected = Enumerable.Range(0, 8).Average(i =>
        {
            var scores = model.Score(data.Queries[i], [.. data.Documents.Take(8)]).Select(score => score / Temperature).ToArray();
            return Math.Log(scores.Sum(score => Math.Exp(score - scores[i])));
        });
        Assert.Equal(expected, logged, 1e-4);
    }

    [Fact]
    public void A_step_in_chunks_is_the_step_in_one_graph()
    {
        var options = Options(Start("case01_bert_tiny", 600), steps: 4) with { Optimizer = new() { LearningRate = 1e-3, Epsilon = 1e-4 }, Batch = new() { Size = 8, Negatives = 2 } };
        var whole = Run("whole", options).Run(null, null, default);
        var chunks = Run("chunks", options with { Batch = new() { Size = 8, Negatives = 2, TokensPerChunk = 40 } }).Run(null, null, default);

        for (var step = 0; step < 4; step++)
            Assert.Equal(whole.History[step].Loss, chunks.History[step].Loss, 1e-4);
        WrittenModel.AssertSame(whole.Model!, chunks.Model!, 1e-4);
    }

    [Fact]
    public void Two_processes_take_the_steps_of_one()
    {
        var options = Options(Start("case01_bert_tiny", 600), steps: 4) with { Optimizer = new() { LearningRate = 1e-3, Epsilon = 1e-4 }, Batch = new() { Size = 8, Negatives = 2 } };
        var alone = Run("alone", options).Run(null, null, default);

        var together = Distributed.Ranks.Run(2, group => new TrainingRun(Path.Combine(folder, "together"), options, TrainingData.WithNegatives) { Processes = group }.Run(null, null, default));

        WrittenModel.AssertSame(alone.Model!, together[0].Model!, 1e-4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public void An_interrupted_run_ends_bit_for_bit_where_an_uninterrupted_one_does(int tokensPerChunk)
    {
        var options = Options(Start("case01_bert_tiny", 600), steps: 8) with { CheckpointEvery = 3 };
        options = options with { Model = options.Model with { Dropout = 0.1 }, Batch = options.Batch with { TokensPerChunk = tokensPerChunk, LengthGroups = tokensPerChunk > 0 ? new BatchOptions().LengthGroups : 2 } };
        var straight = Run("straight", options).Run(null, null, default);

        Assert.False(Run("resumed", options).Run(TimeSpan.FromTicks(1), null, default).IsFinished);
        var resumed = Run("resumed", options).Run(null, null, default);

        Assert.Equal(straight.History.Select(step => step.Loss), resumed.History.Select(step => step.Loss));
        WrittenModel.AssertSame(straight.Model!, resumed.Model!, 0);
        using var checkpoint = SafetensorsFile.Open(Path.Combine(folder, "resumed", "checkpoints", "step-8", "model.safetensors"));
        Assert.Contains("linear.weight", checkpoint.Entries.Keys);
    }

    [Fact]
    public void Adapters_of_a_multi_vector_model_are_merged_into_its_folder()
    {
        var start = Run("first", Options(Start("case01_bert_tiny", 600), steps: 3)).Run(null, null, default).Model!;

        var trained = Run("second", Options(start, steps: 10) with { Adapter = new() { Rank = 2, Targets = ["query", "linear"] } }).Run(null, null, default).Model!;

        using var before = SafetensorsFile.Open(Path.Combine(start, "model.safetensors"));
        using var after = SafetensorsFile.Open(Path.Combine(trained, "model.safetensors"));
        foreach (var name in before.Entries.Keys)
            Assert.Equal(name.EndsWith("query.weight", StringComparison.Ordinal) || name == "linear.weight", !before.Floats(name).SequenceEqual(after.Floats(name)));
    }

    [Fact]
    public void Evaluations_order_what_word_search_found_anew_as_rerank_does()
    {
        var domain = TrainingData.Two[0];
        var qrels = new Qrels();
        for (var i = 0; i < 30; i++)
            qrels.Add($"q{i}", $"d{i}", 1);
        Query[] queries = [.. domain.Queries.Select((text, i) => new Query($"q{i}", text))];
        var task = new RetrievalTask("dev", new MemoryCorpus("dev", [.. domain.Documents.Select((text, i) => new Document($"d{i}", text))]), queries, qrels);
        var options = Options(Start("case01_bert_tiny", 600), steps: 40) with { Evaluation = new() { Every = 20, Corpus = "dev", Measure = "nDCG@10" } };

        var outcome = new TrainingRun(Path.Combine(folder, "run"), options, TrainingData.WithNegatives, task).Run(null, null, default);

        var best = outcome.History.Max(step => step.Evaluation);
        using var reranker = RerankerFolder.Load(outcome.Model!);
        Assert.IsType<MultiVectorModel>(reranker);
        var measure = Measure.Parse("nDCG@10");
        var found = Reranking.Run(new Bm25(task.Corpus).Search(queries, 100), task.Corpus, queries, reranker, 100);
        Assert.Equal(Evaluator.Evaluate(found, qrels, [measure])[measure], best!.Value, 1e-6);
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_name()
    {
        var refused = 0;
        var start = Start("case01_bert_tiny", 600);
        var fits = Options(start, steps: 3);
        AssertRefused(fits with { Loss = new() }, "model.tokenDimension is 8, and loss.name info-nce reads one vector a text; take maxsim");
        AssertRefused(fits with { Model = fits.Model with { Start = null } }, "model.tokenDimension is 8, and model.start is null; name a folder there");
        AssertRefused(fits with { Model = fits.Model with { TokenDimension = 0 } }, "model.queryTokens 12 has no effect: it is of multi-vector models");
        AssertRefused(fits with { Context = new() { Size = 99 } }, "context.size 99 has no effect: a multi-vector model sees no context");
        AssertRefused(fits with { Model = fits.Model with { QueryTokens = 300 } }, "model.queryTokens is 300");
        AssertRefused(fits with { Model = fits.Model with { MaxTokens = 300 } }, "model.maxTokens is 300");
        AssertRefused(fits with { Adapter = new() { Rank = 2 } }, "has no linear map of tokens: adapters would leave a new one as it was drawn");
        using (var unmarked = new TinyModelFolder("case01_bert_tiny", 600))
            AssertRefused(fits with { Model = fits.Model with { Start = unmarked.Path } }, "has no token [unused0], which marks texts of a ColBERT model; name two rare tokens");
        var trained = Run("trained", fits).Run(null, null, default).Model!;
        AssertRefused(Options(trained, steps: 3) with { Model = fits.Model with { Start = trained, TokenDimension = 16 } }, "has token vectors of 8; give its own width");
        AssertRefused(Options(trained, steps: 3) with { Model = new() { Start = trained, MaxTokens = 24 } }, "is a multi-vector model; give the width of its token vectors");

        void AssertRefused(TrainingOptions options, string expected) =>
            Assert.Contains(expected, Assert.Throws<CdeException>(() => Run($"refused {++refused}", options).Run(null, null, default)).Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        starts.ForEach(start => start.Dispose());
        Directory.Delete(folder, recursive: true);
    }

    private static TrainingOptions Options(string start, int steps) => new()
    {
        Steps = steps,
        Seed = 7,
        CheckpointEvery = 100,
        Model = new() { Start = start, MaxTokens = 24, TokenDimension = 8, QueryTokens = 12 },
        Batch = new() { Size = 8, LengthGroups = 2 },
        Loss = new() { Name = "maxsim", Options = JsonSerializer.Deserialize<JsonElement>($$"""{"temperature": {{Temperature}}}""") },
        Optimizer = new() { LearningRate = 5e-3 },
        Schedule = new() { WarmupSteps = 2 },
    };

    private TrainingRun Run(string name, TrainingOptions options) => new(Path.Combine(folder, name), options, TrainingData.WithNegatives);

    /// <summary>A model folder whose vocabulary has the words of the data and two markers, without dropout.</summary>
    private string Start(string golden, int words, bool attends = false, bool keepsPunctuation = false)
    {
        var start = new TinyModelFolder(golden, words);
        starts.Add(start);
        start.WriteVocabulary(TrainingData.Two.SelectMany(domain => domain.Documents.Concat(domain.Queries)), words, "[unused0]", "[unused1]");
        var config = JsonNode.Parse(File.ReadAllText(start.At("config.json")))!;
        if (config["hidden_dropout_prob"] is not null)
            config["hidden_dropout_prob"] = 0;
        start.Write("config.json", config.ToJsonString());
        if (attends || keepsPunctuation)
            start.Write("artifact.metadata", $$"""{"attend_to_mask_tokens": {{(attends ? "true" : "false")}}, "mask_punctuation": {{(keepsPunctuation ? "false" : "true")}}}""");
        return start.Path;
    }
}
