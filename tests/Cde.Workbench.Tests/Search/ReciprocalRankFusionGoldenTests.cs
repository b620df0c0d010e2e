using System.Text.Json;
using Cde.Testing;
using Cde.Workbench.Corpora;
using Cde.Workbench.Search;

namespace Cde.Workbench.Tests.Search;

[Trait("Category", "Golden")]
public sealed class ReciprocalRankFusionGoldenTests
{
    private const string Case = "case23_bm25_rrf";
    private const double Tolerance = 1e-9; // relative, as the case states

    [Theory]
    [InlineData("60", 60, false)]
    [InlineData("1", 1, false)]
    [InlineData("60_weighted", 60, true)]
    public void Scores_and_order_equal_the_formula(string name, double k, bool isWeighted)
    {
        TestFolders.GoldenCase(Case);
        var inputs = Read("inputs.json");
        var runs = inputs.GetProperty("runs").EnumerateArray().Select(Run).ToList();
        var weights = isWeighted ? inputs.GetProperty("rrf_weights").EnumerateArray().Select(weight => weight.GetDouble()).ToArray() : null;

        var fused = ReciprocalRankFusion.Fuse(runs, k: k, weights: weights);

        var expected = Read("expected.json").GetProperty("rrf").GetProperty(name);
        Assert.Equal(expected.EnumerateObject().Count(), fused.Count);
        foreach (var query in expected.EnumerateObject())
        {
            var wanted = query.Value.EnumerateArray().Select(entry => (Id: entry[0].GetString()!, Score: entry[1].GetDouble())).ToList();
            var exact = ReciprocalRankFusion.Scores([.. runs.Select(run => run[query.Name])], k, weights);
            Assert.Equal(wanted.Count, exact.Count);
            Assert.All(wanted, entry => Assert.True(Math.Abs(exact[entry.Id] - entry.Score) <= Tolerance * entry.Score, $"{query.Name} {entry.Id}: {exact[entry.Id]:R}, {entry.Score:R} expected"));
            // The case breaks ties by id ascending, we by id descending, as everywhere else here.
            Assert.Equal(wanted.OrderByDescending(entry => (float)entry.Score).ThenByDescending(entry => entry.Id, IdByteOrder.Instance).Select(entry => entry.Id), fused[query.Name].Select(entry => entry.DocumentId));
            Assert.All(fused[query.Name], entry => Assert.Equal((float)exact[entry.DocumentId], entry.Score));
        }
    }

    private static RankedRun Run(JsonElement lists)
    {
        var run = new RankedRun("golden");
        foreach (var list in lists.EnumerateObject())
            run.Add(list.Name, [.. list.Value.EnumerateArray().Select((id, rank) => new ScoredDocument(id.GetString()!, -rank))]);
        return run;
    }

    private static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(TestFolders.Golden, Case, file))).RootElement;
}
