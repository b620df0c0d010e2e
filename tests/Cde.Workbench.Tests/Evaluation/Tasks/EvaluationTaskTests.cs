using Cde.Workbench.Corpora;
using Cde.Workbench.Evaluation;

namespace Cde.Workbench.Tests.Evaluation;

public sealed class EvaluationTaskTests
{
    private static readonly string[] Words = ["apple", "river", "stone", "cloud", "engine", "violin"];

    [Fact]
    public async Task Similar_sentences_that_people_call_similar_correlate()
    {
        var pairs = Enumerable.Range(0, 6).Select(common => new ScoredPair(
            string.Join(' ', Words), string.Join(' ', Words.Take(common).Concat(Enumerable.Range(common, 6 - common).Select(i => $"other{i}"))), common)).ToList();

        var result = await Score(new StsTask(Info(TaskKind.Sts), pairs));

        Assert.Equal(1, result.MainScore, 1e-9);
        Assert.Equal((6, "cosine_spearman"), (result.Count, result.MainMeasure));
        Assert.True(result.Interval!.Value.High <= 1);
        Assert.Equal((6, ItemStatistic.Spearman), (result.Items.Count, result.Statistic));
    }

    [Fact]
    public async Task Pairs_with_the_same_words_are_found()
    {
        var pairs = Words.Select((word, i) => new LabelledPair($"{word} {i}", i % 2 == 0 ? $"{i} {word}" : "nothing alike", i % 2 == 0)).ToList();
        Assert.Equal(1, (await Score(new PairClassificationTask(Info(TaskKind.PairClassification), pairs))).MainScore, 1e-9);
    }

    [Fact]
    public async Task Labels_of_one_word_are_learned_and_few_samples_are_told()
    {
        var train = Words.Take(3).SelectMany((word, label) => Enumerable.Range(0, label == 0 ? 3 : 10).Select(i => new LabelledText($"{word} w{i}", $"label {label}"))).ToList();
        var test = Words.Take(3).SelectMany((word, label) => Enumerable.Range(50, 5).Select(i => new LabelledText($"{word} w{i}", $"label {label}"))).ToList();

        var result = await Score(new ClassificationTask(Info(TaskKind.Classification), train, [.. test, new LabelledText("else", "never met")]));

        Assert.Equal(15.0 / 16, result.MainScore, 0.05);
        Assert.Equal(result.MainScore, result.Items.Average(item => item.Values[0]), 1e-12);
        Assert.Contains("the rarest label has 3", result.Rule, StringComparison.Ordinal);
        Assert.Contains("1 of which have labels that do not occur in training", result.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clusters_of_one_word_are_found_set_by_set()
    {
        IReadOnlyList<LabelledText> set = [.. Words.Take(3).SelectMany(word => Enumerable.Range(0, 12).Select(i => new LabelledText($"{word} {word} {word} x{i}", word)))];

        var result = await Score(new ClusteringTask(Info(TaskKind.Clustering), [set, set]));

        Assert.True(result.MainScore > 0.9, $"{result.MainScore}");
        Assert.Equal(2, result.Items.Count);
    }

    [Fact]
    public async Task One_set_is_clustered_from_several_starts_and_its_interval_holds_the_score()
    {
        IReadOnlyList<LabelledText> set = [.. Words.SelectMany((word, label) => Enumerable.Range(0, 12).Select(i => new LabelledText($"{word} {Words[i % 6]} x{i}", $"label {label / 2}")))];

        var result = await Score(new ClusteringTask(Info(TaskKind.Clustering), [set]));

        Assert.Equal((set.Count, ItemStatistic.VMeasure), (result.Items.Count, result.Statistic));
        Assert.All(result.Items, item => Assert.Equal(10, item.Predictions.Count));
        Assert.InRange(result.MainScore, result.Interval!.Value.Low, result.Interval.Value.High);
    }

    [Fact]
    public async Task Candidates_are_put_in_order_and_the_best_of_several_queries_counts()
    {
        var result = await Score(new RerankingTask(Info(TaskKind.Reranking),
        [
            new(["apple river"], ["river apple"], ["stone", "cloud"]),
            new(["nothing", "engine"], ["engine"], ["violin"]),
            new(["cloud"], ["stone"], ["cloud"]),
            new(["only"], ["relevant"], []),
        ]));

        Assert.Equal((1 + 1 + 0.5) / 3, result.MainScore, 1e-9);
        Assert.Equal(3, result.Count);
        Assert.Contains("1 queries without", result.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Summaries_like_peoples_are_best_and_constant_scores_are_left_out()
    {
        var result = await Score(new SummarisationTask(Info(TaskKind.Summarisation),
        [
            new(["apple river stone"], ["apple river stone", "apple other words", "nothing in common"], [5, 3, 1]),
            new(["cloud"], ["cloud", "engine"], [2, 2]),
        ]));

        Assert.Equal((1.0, 1), (Math.Round(result.MainScore, 9), result.Count));
        Assert.Contains("1 texts with constant scores left out", result.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retrieval_counts_as_mteb_and_says_what_the_corpus_lacks()
    {
        var corpus = new MemoryCorpus("corpus", Words.Select((word, i) => new Document($"d{i}", word)));
        var qrels = new Qrels().Add("q0", "d0", 1).Add("q1", "d1", 1).Add("q1", "missing", 1);

        var result = await Score(new RetrievalEvaluation(Info(TaskKind.Retrieval), new RetrievalTask("corpus", corpus, [new("q0", "apple"), new("q1", "river")], qrels)));

        Assert.Equal((1 + (1 / (1 + (1 / Math.Log2(3))))) / 2, result.MainScore, 1e-4);
        Assert.Contains("1 judgement is of a document that the corpus does not have", result.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_of_one_class_are_refused()
    {
        await Refused(new StsTask(Info(TaskKind.Sts), [new("a", "b", 3), new("c", "d", 3)]), "all 2 pairs have the same score");
        await Refused(new PairClassificationTask(Info(TaskKind.PairClassification), [new("a", "b", true)]), "all 1 pairs have the label 1");
        await Refused(new ClassificationTask(Info(TaskKind.Classification), [new("a", "x"), new("b", "x")], [new("c", "x")]), "all 2 training texts have the label \"x\"");
        await Refused(new ClusteringTask(Info(TaskKind.Clustering), [[new("a", "x"), new("b", "x")]]), "all 2 texts of set 1");
        await Refused(new RerankingTask(Info(TaskKind.Reranking), [new(["a"], ["b"], [])]), "none of 1 queries");
        await Refused(new SummarisationTask(Info(TaskKind.Summarisation), [new(["a"], ["b", "c"], [1])]), "2 summaries and 1 scores");
    }

    [Fact]
    public async Task Queries_and_documents_get_their_own_instruction()
    {
        var embedder = new WordEmbedder();
        await new RerankingTask(Info(TaskKind.Reranking), [new(["a"], ["a"], ["b"])]).EvaluateAsync(new TaskEncoder(embedder, new TaskInstruction("ask: ", "tell: ", "test")));
        Assert.Equal(["tell: ", "ask: "], embedder.Instructions);
    }

    [Fact]
    public void Draws_take_each_label_alike_and_repeat_with_their_seed()
    {
        int[] labels = [.. Enumerable.Range(0, 60).Select(i => i < 5 ? 0 : 1 + (i % 2))];
        var draws = ClassificationTask.Draw(labels, 8, 10, 42);
        Assert.All(draws, rows => Assert.Equal([5, 8, 8], Enumerable.Range(0, 3).Select(label => rows.Count(row => labels[row] == label))));
        Assert.All(draws, rows => Assert.Equal(rows.Length, rows.Distinct().Count()));
        Assert.Equal(draws, ClassificationTask.Draw(labels, 8, 10, 42));
        Assert.True(draws.Select(rows => string.Join(',', rows.Order())).Distinct().Count() > 5);
    }

    private static TaskInfo Info(TaskKind kind) => new("test", kind, "test.jsonl");

    private static Task<TaskResult> Score(EvaluationTask task) => task.EvaluateAsync(new TaskEncoder(new WordEmbedder(), new TaskInstruction("", "", "none")), new TaskOptions { IntervalDraws = 100 });

    private static async Task Refused(EvaluationTask task, string expected) =>
        Assert.Contains(expected, (await Assert.ThrowsAsync<CdeException>(() => Score(task))).Message, StringComparison.Ordinal);
}
