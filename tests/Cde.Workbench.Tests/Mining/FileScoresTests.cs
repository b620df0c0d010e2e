using Cde.Testing;
using Cde.Workbench.Mining;
using static Cde.Workbench.Tests.Mining.MiningCases;

namespace Cde.Workbench.Tests.Mining;

public sealed class FileScoresTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("{\"query\":\"q0\",\"document\":\"d0\",\"score\":3.5}\n{\"query\":\"q0\",\"document\":\"d1\",\"score\":-1}\n")]
    [InlineData("{\"query\":\"q0\",\"pos\":[\"d0\"],\"neg\":[\"d1\"],\"pos_scores\":[3.5],\"neg_scores\":[-1]}\n")]
    public void Read_takes_both_forms(string text)
    {
        var scores = FileScores.Read(_folder.Write("scores.jsonl", text), Data(3, [0]));

        Assert.Equal(3.5, scores.Score(0, 0));
        Assert.Equal(-1, scores.Score(0, 1));
        Assert.Equal(2, scores.Count);
    }

    [Fact]
    public void A_score_that_is_missing_is_named()
    {
        var scores = FileScores.Read(_folder.Write("scores.jsonl", "{\"query\":\"q0\",\"document\":\"d0\",\"score\":1}"), Data(3, [0]));

        var error = Assert.Throws<CdeException>(() => scores.Score(0, 2));

        Assert.Contains("no score for query \"q0\" and document \"d2\"", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"query\":\"q0\",\"document\":\"d0\"}")]
    [InlineData("{\"query\":\"q0\",\"document\":\"d0\",\"score\":\"high\"}")]
    [InlineData("{\"query\":\"q0\",\"pos\":[\"d0\"],\"neg\":[],\"pos_scores\":[1,2],\"neg_scores\":[]}")]
    [InlineData("[1]")]
    public void A_malformed_line_is_named(string line)
    {
        var path = _folder.Write("scores.jsonl", line);

        Assert.StartsWith(path + " line 1: ", Assert.Throws<CdeException>(() => FileScores.Read(path, Data(3, [0]))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
