using Cde.Workbench.Clustering;
using Cde.Workbench.Embedding;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Clustering.Projection;

public sealed class MapVectorsTests
{
    public static TheoryData<string> Methods => ["PCA", "UMAP", "t-SNE"];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Too_few_vectors_are_refused(string method)
    {
        using var one = TestMatrices.Random(1, 4, 1);

        Assert.Equal("a map needs 3 vectors at least, there is 1; give a larger corpus", Refusal(method, one));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Equal_vectors_are_refused(string method)
    {
        using var equal = TestMatrices.Of(2, [.. Enumerable.Range(0, 1500).Select(i => ($"d{i}", new[] { 0.6f, 0.8f }))]);

        Assert.StartsWith("all 1500 vectors are equal, so there is nothing to map", Refusal(method, equal), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Rows_that_are_no_numbers_are_counted_and_named(string method)
    {
        using var points = TestMatrices.Of(2, [.. Enumerable.Range(0, 100).Select(i => ($"d{i}", new[] { i, i is 7 or 60 ? float.NaN : 1 }))]);

        Assert.StartsWith("2 of 100 vectors hold NaN, infinity or numbers beyond 1e18: \"d7\", \"d60\"", Refusal(method, points), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_bad_row_of_a_second_matrix_is_named(string method)
    {
        using var documents = TestMatrices.Random(50, 2, 1);
        using var queries = TestMatrices.Of(2, ("q0", [1, 1]), ("q1", [float.PositiveInfinity, 1]));

        Assert.StartsWith("1 of 52 vectors hold NaN, infinity or numbers beyond 1e18: \"q1\"", Refusal(method, documents, queries), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Matrices_of_different_widths_are_refused(string method)
    {
        using var documents = TestMatrices.Random(50, 2, 1);
        using var queries = TestMatrices.Random(5, 3, 1);

        Assert.StartsWith("a map needs vectors of one width: 2 and 3 numbers", Refusal(method, documents, queries), StringComparison.Ordinal);
    }

    private static string Refusal(string method, params EmbeddingMatrix[] vectors) => Assert.Throws<CdeException>(() =>
    {
        if (method == "PCA")
            Pca.Fit(vectors);
        else if (method == "UMAP")
            Umap.Fit(vectors);
        else
            Tsne.Fit(vectors);
    }).Message;
}
