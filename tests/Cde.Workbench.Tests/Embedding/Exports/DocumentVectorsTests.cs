using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding.Exports;

namespace Cde.Workbench.Tests.Embedding.Exports;

public sealed class DocumentVectorsTests
{
    [Fact]
    public void Ids_that_do_not_join_are_counted_and_the_first_is_named()
    {
        using var matrix = TestMatrices.Random(4, 2, seed: 1);
        using var corpus = new MemoryCorpus("half", [new("d0", "a"), new("d3", "b")]);

        var error = Assert.Throws<CdeException>(() => DocumentVectors.Join(matrix, corpus));

        Assert.Equal("2 of 4 ids of the vectors of numbers are not in corpus half, the first is \"d1\" (row 1); give the corpus that was embedded", error.Message);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Rows_that_are_not_finite_are_counted_and_the_first_is_named(float value)
    {
        using var matrix = TestMatrices.Of(2, ("a", [1, 0]), ("b", [0, value]), ("c", [value, value]));
        using var corpus = new MemoryCorpus("three", [new("a", "a"), new("b", "b"), new("c", "c")]);

        var error = Assert.Throws<CdeException>(() => DocumentVectors.Join(matrix, corpus));

        Assert.Equal("2 of 3 vectors of numbers hold NaN or infinity, the first is \"b\" (row 1); embed again", error.Message);
    }

    [Fact]
    public void An_id_with_two_rows_is_refused()
    {
        using var matrix = TestMatrices.Of(1, ("a", [1]), ("a", [2]));
        using var corpus = new MemoryCorpus("one", [new("a", "a")]);

        Assert.Contains("id \"a\" has two rows", Assert.Throws<CdeException>(() => DocumentVectors.Join(matrix, corpus)).Message, StringComparison.Ordinal);
    }
}
