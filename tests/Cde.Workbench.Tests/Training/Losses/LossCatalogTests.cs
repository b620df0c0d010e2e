using System.Text.Json;
using System.Text.RegularExpressions;
using Cde.Testing;
using Cde.Workbench.Search;
using Cde.Workbench.Training.Losses;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Training.Losses;

public sealed partial class LossCatalogTests
{
    [Fact]
    public void Names_areUniqueAndInKebabCase_andEveryTextIsThere()
    {
        Assert.Equal(LossCatalog.All.Count, LossCatalog.All.DistinctBy(loss => loss.Name).Count());
        Assert.All(LossCatalog.All, loss =>
        {
            Assert.Matches(KebabCase(), loss.Name);
            Assert.All([loss.Summary, loss.Inputs, loss.Requirements, loss.Relations, loss.Reference], text => Assert.False(string.IsNullOrWhiteSpace(text) || text.EndsWith('.')));
            Assert.Equal(LossInputs.None, loss.Needs & loss.Takes);
            loss.DefaultOptions.Validate();
        });
    }

    [Fact]
    public void Catalog_listsEveryDeclarationOfTheFamily()
    {
        var declared = typeof(LossCatalog).Assembly.GetTypes().Where(type => type.Namespace == typeof(LossCatalog).Namespace)
            .Select(type => type.GetProperty("Declaration", typeof(LossDeclaration))?.GetValue(null)).OfType<LossDeclaration>().Select(loss => loss.Name);

        Assert.Equal(declared.Order(), LossCatalog.All.Select(loss => loss.Name).Order());
    }

    [Fact]
    public void Page_isTheCommittedOne()
    {
        var path = Path.Combine(TestFolders.Repository, "docs", "losses.md");
        var page = LossPage.Write(LossCatalog.All);
        if (Environment.GetEnvironmentVariable("CDE_WRITE_DOCS") == "1")
            File.WriteAllText(path, page);

        Assert.True(File.ReadAllText(path) == page, "docs/losses.md is old: run this test with CDE_WRITE_DOCS=1");
    }

    [Fact]
    public void Get_ofAnUnknownName_offersTheNearest()
    {
        var error = Assert.Throws<CdeException>(() => LossCatalog.Get("infonce"));

        Assert.Contains("info-nce", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compute_ofABatchThatLacksSomething_namesIt()
    {
        using var scope = NewDisposeScope();

        var error = Assert.Throws<CdeException>(() => CoSent.Declaration.Compute(new() { Queries = ones(2, 2), Documents = ones(2, 2) }));

        Assert.Contains("cosent", error.Message, StringComparison.Ordinal);
        Assert.Contains("Labels", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compute_withOptionsOutOfRange_orOfAnotherLoss_isRefusedByName()
    {
        using var scope = NewDisposeScope();
        var batch = new LossBatch { Queries = ones(2, 2), Documents = ones(2, 2) };

        Assert.Contains("Temperature", Assert.Throws<CdeException>(() => InfoNce.Declaration.Compute(batch, new InfoNceOptions { Temperature = 0 })).Message, StringComparison.Ordinal);
        Assert.Contains("IsSymmetric", Assert.Throws<CdeException>(() => InfoNce.Declaration.Compute(batch, new InfoNceOptions { IsSymmetric = true, Candidates = CandidateScope.Grouped })).Message, StringComparison.Ordinal);
        Assert.Contains("CoSentOptions", Assert.Throws<CdeException>(() => InfoNce.Declaration.Compute(batch, new CoSentOptions())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadOptions_takesCamelCaseNames_andRefusesUnknownOnesByName()
    {
        using var json = JsonDocument.Parse("""{"temperature": 0.05, "similarity": "innerProduct", "candidates": "grouped"}""");
        using var wrong = JsonDocument.Parse("""{"temprature": 0.05}""");

        Assert.Equal(new InfoNceOptions { Temperature = 0.05, Similarity = Similarity.InnerProduct, Candidates = CandidateScope.Grouped }, InfoNce.Declaration.ReadOptions(json.RootElement));
        var error = Assert.Throws<CdeException>(() => InfoNce.Declaration.ReadOptions(wrong.RootElement));
        Assert.Contains("temprature", error.Message, StringComparison.Ordinal);
        Assert.Contains("temperature", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadOptions_ofMatryoshka_readsTheInnerLossOptionsToo()
    {
        using var json = JsonDocument.Parse("""{"inner": "cosent", "innerOptions": {"scale": 7}, "dimensions": [64, 32]}""");
        using var wrong = JsonDocument.Parse("""{"inner": "cosent", "innerOptions": {"temperature": 7}}""");

        var options = Assert.IsType<MatryoshkaOptions>(Matryoshka.Declaration.ReadOptions(json.RootElement));

        Assert.Equal(new CoSentOptions { Scale = 7 }, options.InnerOptions);
        Assert.Equal([64, 32], options.Dimensions);
        Assert.Contains("temperature", Assert.Throws<CdeException>(() => Matryoshka.Declaration.ReadOptions(wrong.RootElement)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Matryoshka_overALossOnScores_isRefusedByName()
    {
        using var scope = NewDisposeScope();
        var batch = new LossBatch { Queries = ones(2, 4), Documents = ones(2, 4) };

        var error = Assert.Throws<CdeException>(() => Matryoshka.Declaration.Compute(batch, new MatryoshkaOptions { Inner = "focal", Dimensions = [2] }));

        Assert.Contains("focal", error.Message, StringComparison.Ordinal);
        Assert.Throws<CdeException>(() => Matryoshka.Declaration.Compute(batch, new MatryoshkaOptions { Dimensions = [8] }));
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex KebabCase();
}
