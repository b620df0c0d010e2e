using Cde.Workbench.Corpora;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Search;

namespace Cde.Workbench.Tests.Evaluation;

public sealed class Bm25CrossValidationTests
{
    private static readonly Measure Best = Measure.Parse("nDCG@10");

    [Fact]
    public void Each_query_is_searched_with_what_is_best_for_the_other_folds()
    {
        var task = Task(answer: query => query % 2 == 0 ? "long" : "short");
        var found = Run(task, folds: 3);

        for (var fold = 0; fold < 3; fold++)
        {
            Query[] inside = [.. task.Queries.Where(query => found.FoldOfQuery[query.Id] == fold)], outside = [.. task.Queries.Except(inside)];
            var best = Bm25Tuner.Tune([task with { Queries = outside }], (run, qrels) => Evaluator.Evaluate(run, qrels, [Best])[Best], 100).Options;
            Assert.Equal((best.K1, best.B), (found.Folds[fold].K1, found.Folds[fold].B));
            var scores = Evaluator.Evaluate(new Bm25(task.Corpus, best).Search(inside, 100), task.Qrels, [Best]);
            foreach (var query in inside)
            {
                var (expected, place) = (scores.PerQuery(Best)[scores.QueryIds.ToList().IndexOf(query.Id)], found.Tuned.QueryIds.ToList().IndexOf(query.Id));
                Assert.Equal(expected, found.Tuned.PerQuery(Best)[place]);
            }
        }
    }

    [Fact]
    public void Answers_of_a_query_do_not_decide_how_it_is_searched()
    {
        var found = Run(Task(answer: _ => "long"), folds: 2);
        var query = found.FoldOfQuery.First(pair => pair.Value == 0).Key;

        var other = Run(Task(answer: number => $"q{number}" == query ? "short" : "long"), folds: 2);

        Assert.Equal(found.Folds[0], other.Folds[0]);
        Assert.Equal(found.FoldOfQuery, other.FoldOfQuery);
    }

    [Fact]
    public void Fewer_queries_than_folds_are_refused()
    {
        var error = Assert.Throws<CdeException>(() => Run(Task(_ => "short"), folds: 50));
        Assert.Contains("12 queries have a relevant document, and there are 50 folds", error.Message, StringComparison.Ordinal);
    }

    private static Bm25CrossValidationResult Run(RetrievalTask task, int folds) => Bm25CrossValidation.Run(task, Best, folds, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>For each query a short document with its word once, and a long one with it three times.</summary>
    private static RetrievalTask Task(Func<int, string> answer)
    {
        var (documents, queries, qrels) = (new List<Document>(), new List<Query>(), new Qrels());
        for (var i = 0; i < 12; i++)
        {
            documents.Add(new Document($"short{i}", $"word{i}"));
            documents.Add(new Document($"long{i}", $"word{i} word{i} word{i} " + string.Join(' ', Enumerable.Range(0, 30).Select(n => $"filler{n}"))));
            queries.Add(new Query($"q{i}", $"word{i}"));
            qrels.Add($"q{i}", answer(i) + i, 1);
        }

        return new RetrievalTask("words", new MemoryCorpus("words", documents), queries, qrels);
    }
}
