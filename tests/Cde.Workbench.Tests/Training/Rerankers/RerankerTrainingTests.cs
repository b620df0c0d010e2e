using System.Text.Json.Nodes;
using Cde.Workbench.Corpora;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Rerankers;
using Cde.Workbench.Search;
using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Tests.Models;
using Cde.Workbench.Training;

namespace Cde.Workbench.Tests.Training.Rerankers;

[Collection(LiveTensors.Name)] // dropout draws from the process' one generator
public sealed class RerankerTrainingTests : IDisposable
{
    private const string Reranker = "case16b_bert_sequence_classification_tiny";
    private static readonly string[] Acts = ["opens", "closes", "reads", "writes", "counts", "copies"];

    /// <summary>Queries of thirty, each with one method and two properties: what is right can be seen from the document.</summary>
    internal static readonly IReadOnlyList<TrainingDomain> Data =
    [
        .. new[] { "first", "second" }.Select(name => new TrainingDomain(
            name,
            [.. Enumerable.Range(0, 30).Select(i => $"what {Acts[i % 6]} the {name} thing w{i / 6}")],
            [.. Enumerable.Range(0, 90).Select(i => $"{name} w{i % 6} {(i < 30 ? "a method" : "a property")} w{i / 6}")],
            [.. Enumerable.Range(0, 30).Select(i => (IReadOnlyList<int>)[i])])
        {
            Negatives = [.. Enumerable.Range(0, 30).Select(i => (IReadOnlyList<int>)[30 + i, 60 + i])],
        }),
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("cde-reranker-").FullName;
    private readonly List<TinyModelFolder> starts = [];

    [Theory]
    [InlineData("binary-cross-entropy")]
    [InlineData("listwise-softmax")]
    [InlineData("focal")]
    [InlineData("r-drop")]
    public void A_run_learns_to_score_the_right_document_above_the_wrong_ones(string loss)
    {
        var options = Options(Start(Reranker, 160), loss, steps: 120);

        var outcome = Run("run", options).Run(null, null, default);

        Assert.True(outcome.History.TakeLast(10).Average(step => step.Accuracy) > 0.9, $"accuracy {outcome.History.TakeLast(10).Average(step => step.Accuracy)}");
        Assert.All(outcome.History, step => Assert.Null(step.EffectiveRank));
        Assert.Equal(8 * 3, outcome.History[0].Pairs);
        using var model = RerankerModel.Load(outcome.Model!);
        var scores = model.Score([.. Enumerable.Range(0, 30).SelectMany(i => Candidates(i).Select(document => (Data[0].Queries[i], Data[0].Documents[document])))]);
        var right = Enumerable.Range(0, 30).Count(i => scores[3 * i] > Math.Max(scores[3 * i + 1], scores[3 * i + 2]));
        Assert.True(right >= 27, $"{right} of 30 queries have their document first");
    }

    [Theory]
    [InlineData("binary-cross-entropy")]
    [InlineData("listwise-softmax")]
    [InlineData("dice")]
    [InlineData("focal")]
    public void The_first_loss_is_that_of_the_scores_of_the_model_it_starts_from(string loss)
    {
        var start = Start(Reranker, 160, dropout: 0);
        // One domain of eight queries, each with two hard negatives: the only batch holds all.
        var data = Data[0] with
        {
            Queries = [.. Data[0].Queries.Take(8)],
            Positives = [.. Data[0].Positives.Take(8)],
            Negatives = [.. Data[0].Negatives!.Take(8)],
        };
        var logged = new TrainingRun(Path.Combine(folder, loss), Options(start, loss, steps: 3), [data]).Run(null, null, default).History[0].Loss;

        using var model = RerankerModel.Load(start);
        var scores = Enumerable.Range(0, 8).Select(i => model.Score(data.Queries[i], [.. Candidates(i).Select(document => data.Documents[document])]).Select(score => (double)score).ToArray()).ToArray();
        var expected = loss switch
        {
            "listwise-softmax" => scores.Average(row => -Math.Log(Share(row))),
            "focal" => scores.Average(row => -Math.Pow(1 - Share(row), 2) * Math.Log(Share(row))),
            "binary-cross-entropy" => scores.Average(row => row.Select((score, j) => -Math.Log(Sigmoid(j == 0 ? score : -score))).Average()),
            _ => 1 - 2 * scores.Sum(row => Sigmoid(row[0])) / (scores.Sum(row => row.Sum(Sigmoid)) + 8),
        };
        Assert.Equal(expected, logged, 1e-5);

        static double Share(double[] row) => Math.Exp(row[0]) / row.Sum(Math.Exp);
        static double Sigmoid(double score) => 1 / (1 + Math.Exp(-score));
    }

    [Theory]
    [InlineData("listwise-softmax")]
    [InlineData("dice")] // which compares all pairs of a batch at once
    public void A_step_in_chunks_is_the_step_in_one_graph(string loss)
    {
        var options = Options(Start(Reranker, 160, dropout: 0), loss, steps: 4);
        var whole = Run("whole", options with { Optimizer = new() { LearningRate = 1e-3, Epsilon = 1e-4 } }).Run(null, null, default);
        var chunks = Run("chunks", options with { Optimizer = new() { LearningRate = 1e-3, Epsilon = 1e-4 }, Batch = new() { Size = 8, Negatives = 2, TokensPerChunk = 40 } }).Run(null, null, default);

        for (var step = 0; step < 4; step++)
            Assert.Equal(whole.History[step].Loss, chunks.History[step].Loss, 1e-5);
        WrittenModel.AssertSame(whole.Model!, chunks.Model!, 2e-5);
    }

    [Fact]
    public void Two_processes_take_the_steps_of_one()
    {
        var options = Options(Start(Reranker, 160, dropout: 0), "listwise-softmax", steps: 4) with { Optimizer = new() { LearningRate = 1e-3, Epsilon = 1e-4 } };
        var alone = Run("alone", options).Run(null, null, default);

        var together = Distributed.Ranks.Run(2, group => new TrainingRun(Path.Combine(folder, "together"), options, Data) { Processes = group }.Run(null, null, default));

        Assert.Equal(alone.History.Select(step => step.Accuracy), together[0].History.Select(step => step.Accuracy));
        WrittenModel.AssertSame(alone.Model!, together[0].Model!, 2e-5);
    }

    [Theory]
    [InlineData("listwise-softmax")]
    [InlineData("r-drop")]
    public void An_interrupted_run_ends_bit_for_bit_where_an_uninterrupted_one_does(string loss)
    {
        var options = Options(Start(Reranker, 160), loss, steps: 12) with { CheckpointEvery = 4 };
        var straight = Run("straight", options).Run(null, null, default);

        Assert.False(Run("resumed", options).Run(TimeSpan.FromTicks(1), null, default).IsFinished);
        var resumed = Run("resumed", options).Run(null, null, default);

        Assert.Equal(straight.History.Select(step => step.Loss), resumed.History.Select(step => step.Loss));
        WrittenModel.AssertSame(straight.Model!, resumed.Model!, 0);
    }

    [Theory]
    [InlineData("case01_bert_tiny", 600, "BertForSequenceClassification", "classifier.weight")]
    [InlineData("case16_roberta_tiny", 300, "RobertaForSequenceClassification", "classifier.dense.weight")]
    [InlineData("case11_xlmr_tiny", 300, "XLMRobertaForSequenceClassification", "classifier.out_proj.weight")]
    [InlineData("case15_modernbert_tiny", 300, "ModernBertForSequenceClassification", "head.dense.weight")]
    [InlineData("case02_nomic_tiny", 640, "NomicBertForSequenceClassification", "bert.pooler.dense.weight")]
    public void An_encoder_gets_a_new_head_and_becomes_a_reranker(string golden, int words, string name, string tensor)
    {
        var start = Start(golden, words);
        File.WriteAllText(Path.Combine(start, "modules.json"), """[{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}]""");
        Directory.CreateDirectory(Path.Combine(start, "1_Pooling"));
        File.WriteAllText(Path.Combine(start, "1_Pooling", "config.json"), """{"word_embedding_dimension": 32, "pooling_mode_mean_tokens": true}""");

        var outcome = Run("run", Options(start, "listwise-softmax", steps: 60)).Run(null, null, default);

        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(outcome.Model!, "config.json")))!;
        Assert.Equal([name], config["architectures"]!.AsArray().Select(node => (string)node!));
        Assert.Equal("LABEL_0", (string)config["id2label"]!["0"]!);
        Assert.False(File.Exists(Path.Combine(outcome.Model!, "modules.json")) || Directory.Exists(Path.Combine(outcome.Model!, "1_Pooling")));
        using (var weights = SafetensorsFile.Open(Path.Combine(outcome.Model!, "model.safetensors")))
            Assert.Contains(tensor, weights.Entries.Keys);
        Assert.True(outcome.History.TakeLast(10).Average(step => step.Loss) < outcome.History[0].Loss - 0.1, $"loss {outcome.History[0].Loss} to {outcome.History.TakeLast(10).Average(step => step.Loss)}");
        using var model = RerankerModel.Load(outcome.Model!);
        Assert.Equal(2, model.Score("what opens the stream", ["first w1 a method w2", "first w1 a property w2"]).Distinct().Count());
    }

    [Fact]
    public void Scored_pairs_are_learned_point_by_point()
    {
        var options = Options(Start(Reranker, 160), "binary-cross-entropy", steps: 100) with { Data = new() { ScoreScale = 5 }, Batch = new() { Size = 16 } };

        var joined = new JoinedTexts();
        for (var i = 0; i < 30; i++)
        {
            foreach (var (document, score) in new[] { (i, 5.0), (30 + i, 0.0) })
                joined.AddScored(Data[0].Queries[i], joined.Place(Data[0].Documents[document]), score);
        }

        var outcome = new TrainingRun(Path.Combine(folder, "run"), options, [joined.ToDomain("scored")]).Run(null, null, default);

        Assert.True(outcome.History.TakeLast(10).Average(step => step.Correlation) > 0.5, $"correlation {outcome.History.TakeLast(10).Average(step => step.Correlation)}");
        Assert.All(outcome.History, step => Assert.Null(step.Accuracy));
    }

    [Fact]
    public void Adapters_of_a_reranker_are_merged_into_its_folder()
    {
        var start = Start(Reranker, 160);
        var options = Options(start, "listwise-softmax", steps: 30) with { Adapter = new() { Rank = 4, Targets = ["query", "value"] } };

        var outcome = Run("run", options).Run(null, null, default);

        using var before = SafetensorsFile.Open(Path.Combine(start, "model.safetensors"));
        using var after = SafetensorsFile.Open(Path.Combine(outcome.Model!, "model.safetensors"));
        foreach (var name in before.Entries.Keys.Where(name => !name.EndsWith("position_ids", StringComparison.Ordinal)))
            Assert.Equal(name.EndsWith("query.weight", StringComparison.Ordinal) || name.EndsWith("value.weight", StringComparison.Ordinal), !before.Floats(name).SequenceEqual(after.Floats(name)));
    }

    [Fact]
    public void Evaluations_order_what_word_search_found_anew_and_keep_the_best()
    {
        var documents = Data[0].Documents.Select((text, i) => new Document($"d{i}", text)).ToArray();
        var queries = Data[0].Queries.Select((text, i) => new Query($"q{i}", text)).ToArray();
        var qrels = new Qrels();
        foreach (var query in queries)
        {
            for (var i = 0; i < queries.Length; i++)
                qrels.Add(query.Id, $"d{i}", 1); // every method
        }

        var task = new RetrievalTask("dev", new MemoryCorpus("dev", documents), queries, qrels);
        var options = Options(Start(Reranker, 160), "listwise-softmax", steps: 120) with { Evaluation = new() { Every = 40, Corpus = "dev", Measure = "nDCG@10" } };

        var outcome = new TrainingRun(Path.Combine(folder, "run"), options, Data, task).Run(null, null, default);

        var scores = outcome.History.Where(step => step.Evaluation is not null).Select(step => step.Evaluation!.Value).ToArray();
        Assert.Equal(3, scores.Length);
        var measure = Measure.Parse("nDCG@10");
        var words = Evaluator.Evaluate(new Bm25(task.Corpus).Search(queries, 100), qrels, [measure])[measure];
        Assert.True(scores.Max() > 0.9 && words < 0.6, $"{string.Join(' ', scores)}, word search {words}");
        Assert.Equal(outcome.History.MaxBy(step => step.Evaluation)!.Step, outcome.BestStep);
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_name()
    {
        var refused = 0;
        var start = Start(Reranker, 160);
        var plain = Options(start, "listwise-softmax", steps: 3);
        Assert.Contains("model.start is null; name a folder there", Refusal(plain with { Model = new() }), StringComparison.Ordinal);
        Assert.Contains("first has pairs, and batch.negatives is 0; loss listwise-softmax needs a wrong document beside the right one", Refusal(plain with { Batch = new() { Size = 8 } }), StringComparison.Ordinal);
        Assert.Contains("context.size 99 has no effect: a reranker sees no context", Refusal(plain with { Context = new() { Size = 99 } }), StringComparison.Ordinal);
        Assert.Contains("model.maxTokens is 256", Refusal(plain with { Model = new() { Start = start, MaxTokens = 256 } }), StringComparison.Ordinal);
        Assert.Contains("compares two readings of a pair that dropout tells apart", Refusal(Options(Start(Reranker, 160, dropout: 0), "r-drop", steps: 3)), StringComparison.Ordinal);
        var adapters = Options(Start("case01_bert_tiny", 600), "listwise-softmax", steps: 3) with { Adapter = new() { Rank = 2, Targets = ["query"] } };
        Assert.Contains("has no head that scores: adapters would leave a new one as it was drawn", Refusal(adapters), StringComparison.Ordinal);
        Assert.Contains("rerankers of model_type \"mpnet\" are not computed here", Refusal(Options(Start("case10_mpnet_tiny", 300), "listwise-softmax", steps: 3)), StringComparison.Ordinal);
        Assert.Contains(
            "first has scored pairs, which need not answer each other; loss listwise-softmax needs pairs",
            Assert.Throws<CdeException>(() => new TrainingRun(Path.Combine(folder, "scored"), plain, TrainingData.Scored).Run(null, null, default)).Message,
            StringComparison.Ordinal);

        string Refusal(TrainingOptions options) => Assert.Throws<CdeException>(() => Run($"refused {++refused}", options).Run(null, null, default)).Message;
    }

    public void Dispose()
    {
        starts.ForEach(start => start.Dispose());
        Directory.Delete(folder, recursive: true);
    }

    private static int[] Candidates(int query) => [query, .. Data[0].Negatives![query]];

    private static TrainingOptions Options(string start, string loss, int steps) => new()
    {
        Steps = steps,
        Seed = 7,
        CheckpointEvery = 100,
        Model = new() { Start = start, MaxTokens = 48 },
        Batch = new() { Size = 8, Negatives = 2, LengthGroups = 2 },
        Loss = new() { Name = loss },
        Optimizer = new() { LearningRate = 4e-3 },
        Schedule = new() { WarmupSteps = 2 },
    };

    private TrainingRun Run(string name, TrainingOptions options) => new(Path.Combine(folder, name), options, Data);

    /// <summary>A model folder whose vocabulary has the words of the data.</summary>
    private string Start(string golden, int words, double? dropout = null)
    {
        var start = new TinyModelFolder(golden, words);
        starts.Add(start);
        start.WriteVocabulary(Data.SelectMany(domain => domain.Documents.Concat(domain.Queries)), words);
        if (dropout is not null)
            start.Replace("config.json", "\"hidden_dropout_prob\": 0.1", "\"hidden_dropout_prob\": 0");
        return start.Path;
    }
}
