using Cde.Workbench.Mining;
using Cde.Workbench.Mining.FalseNegatives;
using Cde.Workbench.Tests.Embedding;
using static Cde.Workbench.Tests.Mining.MiningCases;

namespace Cde.Workbench.Tests.Mining;

public sealed class CandidateSearchTests
{
    [Fact]
    public void Run_finds_the_best_documents_and_scores_the_positives()
    {
        using var queries = TestMatrices.Of(2, ("0", [1, 0]), ("1", [0, 1]));
        using var documents = TestMatrices.Of(2, ("0", [1, 0]), ("1", [.6f, .8f]), ("2", [0, 1]));

        var (found, positives) = CandidateSearch.Run(Data(3, [0], [1]), new GuideStore(queries, documents), 2, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([0, 1], found[0].Select(document => document.Row));
        Assert.Equal([2, 1], found[1].Select(document => document.Row));
        Assert.Equal([1.0], positives[0]);
        Assert.Equal(found[1][1].Score, positives[1][0]);
    }

    [Fact]
    public void Vectors_of_other_data_are_refused()
    {
        using var queries = TestMatrices.Of(1, ("0", [1]));
        using var documents = TestMatrices.Of(1, ("0", [1]), ("1", [1]));

        var error = Assert.Throws<CdeException>(() => CandidateSearch.Run(Data(3, [0]), new GuideStore(queries, documents), 2, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("1 queries and 2 documents", error.Message, StringComparison.Ordinal);
    }
}
