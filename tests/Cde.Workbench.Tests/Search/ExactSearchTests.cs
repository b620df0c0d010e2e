using System.Text;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Search;
using Cde.Workbench.Tests.Embedding;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Search;

[Collection(LiveTensors.Name)]
public sealed class ExactSearchTests
{
    [Theory]
    [InlineData(1, 500, 33)] // few queries: scored one by one
    [InlineData(60, 3000, 100)] // a matrix multiplication
    public void Search_finds_what_sorting_all_scores_finds(int queryCount, int documentCount, int dimension)
    {
        using var queries = TestMatrices.Random(queryCount, dimension, seed: 1, "q");
        using var documents = TestMatrices.Random(documentCount, dimension, seed: 2);
        AssertSame(Sorted(queries, documents, 25), ExactSearch.Search(queries, documents, 25));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(4096, 256)]
    [InlineData(100_000, 100_000)]
    public void Search_blocks_and_threads_do_not_change_the_result(int documentBlock, int queryBlock)
    {
        // Numbers of few digits make many ties, some of them exact and some that float32 sums would break.
        using var queries = Coarse(TestMatrices.Random(40, 50, seed: 3, "q"));
        using var documents = Coarse(TestMatrices.Random(documentBlock == 1 ? 300 : 9000, 50, seed: 4));
        var expected = ExactSearch.Search(queries, documents, 50, new ExactSearchOptions { Threads = 1, DocumentBlock = 977 });
        var options = new ExactSearchOptions { DocumentBlock = documentBlock, QueryBlock = queryBlock };
        AssertSame(expected, ExactSearch.Search(queries, documents, 50, options));
    }

    [Fact]
    public void Search_documents_that_are_all_the_same_come_by_id_descending()
    {
        using var queries = TestMatrices.Random(30, 64, seed: 5, "q");
        using var one = TestMatrices.Random(1, 64, seed: 6);
        var ids = Enumerable.Range(0, 20_000).Select(i => $"d{i}").ToArray();
        using var documents = EmbeddingMatrix.FromRows(ids, [.. Enumerable.Repeat(one[0].ToArray(), ids.Length).SelectMany(row => row)], 64, TestMatrices.Provenance);
        var run = ExactSearch.Search(queries, documents, 10);
        var expected = ids.OrderByDescending(id => id, StringComparer.Ordinal).Take(10);
        Assert.All(run.Values, list => Assert.Equal(expected, list.Select(entry => entry.DocumentId)));
    }

    [Fact]
    public void Search_ties_are_ordered_by_bytes_and_not_by_utf16()
    {
        // As UTF-8 the emoji (F0...) is above U+FF5E (EF...); as UTF-16 it is below.
        using var queries = TestMatrices.Of(1, ("q", [1]));
        using var documents = TestMatrices.Of(1, ("\uff5e", [1]), ("😀", [1]), ("z", [1]), ("za", [1]));
        Assert.Equal(["😀", "\uff5e", "za"], ExactSearch.Search(queries, documents, 3)["q"].Select(entry => entry.DocumentId));
    }

    [Fact]
    public void Search_scores_that_only_a_double_tells_apart_are_ties()
    {
        // 1 + 2^-25 and 1 are one float32: trec_eval would see a tie, so do we.
        using var queries = TestMatrices.Of(2, ("q", [1, 1]));
        using var documents = TestMatrices.Of(2, ("a", [1, 1f / (1 << 25)]), ("b", [1, 0]));
        Assert.Equal([new ScoredDocument("b", 1), new ScoredDocument("a", 1)], ExactSearch.Search(queries, documents, 2)["q"]);
    }

    [Fact]
    public void Search_more_than_there_are_gives_all_best_first()
    {
        using var queries = TestMatrices.Of(1, ("q", [2]));
        using var documents = TestMatrices.Of(1, ("a", [1]), ("b", [3]), ("c", [-1]));
        var run = ExactSearch.Search(queries, documents, 10, new ExactSearchOptions { RunName = "mine" });
        Assert.Equal("mine", run.Name);
        Assert.Equal([new ScoredDocument("b", 6), new ScoredDocument("a", 2), new ScoredDocument("c", -2)], run["q"]);
    }

    [Fact]
    public void Search_excluding_identical_ids_leaves_out_the_query_itself_alone()
    {
        using var matrix = TestMatrices.Random(200, 8, seed: 7);
        var all = ExactSearch.Search(matrix, matrix, 201, new ExactSearchOptions { Similarity = Similarity.Cosine });
        var others = ExactSearch.Search(matrix, matrix, 201, new ExactSearchOptions { Similarity = Similarity.Cosine, ExcludeIdenticalIds = true });
        foreach (var (query, list) in all)
        {
            Assert.Equal(query, list[0].DocumentId);
            Assert.Equal(list.Skip(1), others[query]);
        }
    }

    [Fact]
    public void Search_parts_gives_what_one_matrix_gives()
    {
        using var queries = TestMatrices.Random(20, 40, seed: 8, "q");
        using var whole = Coarse(TestMatrices.Random(6000, 40, seed: 9));
        var run = ExactSearch.Search(queries, Parts(whole, 1700), 30);
        AssertSame(ExactSearch.Search(queries, whole, 30), run);
    }

    [Fact]
    public void Search_cosine_does_not_depend_on_lengths()
    {
        using var queries = TestMatrices.Of(2, ("q", [3, 4]), ("zero", [0, 0]));
        using var documents = TestMatrices.Of(2, ("long", [0, 100]), ("short", [0.06f, 0.08f]));
        var run = ExactSearch.Search(queries, documents, 2, new ExactSearchOptions { Similarity = Similarity.Cosine });
        Assert.Equal(["short", "long"], run["q"].Select(entry => entry.DocumentId));
        Assert.Equal([1, 0.8], run["q"].Select(entry => entry.Score).ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.All(run["zero"], entry => Assert.Equal(0, entry.Score));
    }

    [Fact]
    public void Search_cosine_through_multiplication_finds_what_sorting_finds()
    {
        using var queries = TestMatrices.Random(60, 100, seed: 10, "q");
        using var documents = TestMatrices.Random(3000, 100, seed: 11);
        var options = new ExactSearchOptions { Similarity = Similarity.Cosine };
        AssertSame(Sorted(queries, documents, 25, cosine: true), ExactSearch.Search(queries, documents, 25, options));
    }

    [Fact]
    public void Search_whatever_the_numbers_agrees_with_sorting() => Prop.ForAll(
        Gen.Choose(1, 12).ToArbitrary(),
        Gen.Choose(0, 40).ToArbitrary(),
        Gen.Choose(1, 20).ToArbitrary(),
        (queryCount, documentCount, k) =>
        {
            using var queries = Coarse(TestMatrices.Random(queryCount, 3, seed: k, "q"));
            using var documents = Coarse(TestMatrices.Random(documentCount, 3, seed: documentCount));
            AssertSame(Sorted(queries, documents, k), ExactSearch.Search(queries, documents, k));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Search_vectors_that_do_not_compare_are_refused()
    {
        using var queries = TestMatrices.Random(1, 4, seed: 1, "q");
        using var wide = TestMatrices.Random(1, 5, seed: 1);
        using var model = EmbeddingMatrix.FromRows(["d"], new float[4], 4, TestMatrices.Provenance with { ModelHash = "other", ModelName = "rival" });
        using var context = EmbeddingMatrix.FromRows(["d"], new float[4], 4, TestMatrices.Provenance with { ContextHash = "context" });
        Assert.Contains("queries are 4 numbers wide, numbers is 5", Refused(queries, wide), StringComparison.Ordinal);
        Assert.Contains("only vectors of one model compare", Refused(queries, model), StringComparison.Ordinal);
        Assert.Contains("with context none, numbers with context", Refused(queries, context), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(60, 3000)]
    public void Search_vector_that_is_not_a_number_is_refused_by_name(int queryCount, int documentCount)
    {
        using var queries = TestMatrices.Random(queryCount, 100, seed: 1, "q");
        using var documents = TestMatrices.Random(documentCount, 100, seed: 2);
        var values = documents.Rows(0, documentCount).ToArray();
        values[^1] = float.NaN;
        using var broken = EmbeddingMatrix.FromRows(documents.Ids, values, 100, TestMatrices.Provenance);
        Assert.Contains($"document \"d{documentCount - 1}\" for query \"q", Refused(queries, broken), StringComparison.Ordinal);
    }

    [Fact]
    public void Search_cancelled_stops_and_leaves_no_tensor()
    {
        using var stop = new CancellationTokenSource();
        using var queries = TestMatrices.Random(60, 100, seed: 1, "q");
        using var documents = TestMatrices.Random(9000, 100, seed: 2);
        var before = LiveTensors.Settled;
        var progress = new ProgressList { Then = _ => stop.Cancel() };
        Assert.ThrowsAny<OperationCanceledException>(() => ExactSearch.Search(queries, documents, 5, null, progress, stop.Token));
        Assert.Equal(new ExactSearchOptions().DocumentBlock, Assert.Single(progress.Reports).Done);
        Assert.Equal(before, LiveTensors.Count);
        ExactSearch.Search(queries, documents, 5);
        Assert.Equal(before, LiveTensors.Count);
    }

    private static string Refused(EmbeddingMatrix queries, EmbeddingMatrix documents) =>
        Assert.Throws<CdeException>(() => ExactSearch.Search(queries, documents, 1)).Message;

    /// <summary>Rounds to multiples of 1/4, so that scores tie.</summary>
    private static EmbeddingMatrix Coarse(EmbeddingMatrix matrix)
    {
        using (matrix)
        {
            var values = matrix.Rows(0, matrix.Count).ToArray().Select(x => MathF.Round(4 * x) / 4).ToArray();
            return EmbeddingMatrix.FromRows([.. matrix.Ids], values, matrix.Dimension, matrix.Provenance);
        }
    }

    private static IEnumerable<EmbeddingMatrix> Parts(EmbeddingMatrix whole, int size)
    {
        for (var start = 0; start < whole.Count; start += size)
        {
            var count = Math.Min(size, whole.Count - start);
            using var part = EmbeddingMatrix.FromRows(
                [.. whole.Ids.Skip(start).Take(count)], whole.Rows(start, count).ToArray(), whole.Dimension, whole.Provenance);
            yield return part;
        }
    }

    private static Dictionary<string, ScoredDocument[]> Sorted(EmbeddingMatrix queries, EmbeddingMatrix documents, int k, bool cosine = false) =>
        Enumerable.Range(0, queries.Count).ToDictionary(
            q => queries.Ids[q],
            q => Enumerable.Range(0, documents.Count)
                .Select(d => new ScoredDocument(documents.Ids[d], Score(queries[q], documents[d], cosine)))
                .OrderByDescending(entry => entry.Score)
                .ThenByDescending(entry => Convert.ToHexString(Encoding.UTF8.GetBytes(entry.DocumentId)), StringComparer.Ordinal)
                .Take(k)
                .ToArray());

    private static float Score(ReadOnlySpan<float> q, ReadOnlySpan<float> d, bool cosine)
    {
        var product = ExactDot.Of(q, d);
        return (float)(cosine ? product * (1 / Math.Sqrt(ExactDot.Of(q, q)) * (1 / Math.Sqrt(ExactDot.Of(d, d)))) : product);
    }

    private static void AssertSame<T>(IReadOnlyDictionary<string, T> expected, RankedRun actual)
        where T : IReadOnlyList<ScoredDocument>
    {
        Assert.Equal(expected.Keys, actual.Keys);
        foreach (var (query, list) in expected)
            Assert.Equal(list.AsEnumerable(), actual[query]);
    }
}
