using Cde.Testing;
using Cde.Workbench.Evaluation;

namespace Cde.Workbench.Tests.Evaluation;

public sealed class ScoreFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => System.IO.Path.Combine(_folder.Path, "scores.json");

    [Fact]
    public void Scores_read_back_as_they_were_written()
    {
        var scores = new SystemScores("task", "system", ["nDCG@10", "MRR@10"], [new("q1", "what \"is\" it? 什么", [0.1234567890123456, double.NaN]), new("q2", "", [0, 1])], "a rule");
        ScoreFile.Write(Path, scores);

        var read = ScoreFile.Read(Path);

        Assert.True(ScoreFile.IsOne(Path));
        Assert.Equal((scores.Task, scores.System, scores.Rule), (read.Task, read.System, read.Rule));
        Assert.Equal(scores.Items.SelectMany(item => item.Values), read.Items.SelectMany(item => item.Values));
        Assert.Equal(scores.Items.Select(item => (item.Id, item.Text)), read.Items.Select(item => (item.Id, item.Text)));
        Assert.Equal(["q2"], read.Values("mrr@10").Keys);
        Assert.Contains("nDCG@10, MRR@10", Assert.Throws<CdeException>(() => read.Values("MAP")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_said_of_items_is_kept_where_the_score_is_no_mean()
    {
        ScoredItem[] items = [new("0", "a | b", [0.5]) { Gold = 3.5, Predictions = [0.25, -1] }, new("1", "", [1]) { Gold = 0, Predictions = [1e-9, 7] }];
        ScoreFile.Write(Path, new SystemScores("task", "system", ["main_score"], items, "a rule") { Statistic = ItemStatistic.AveragePrecision });

        var read = ScoreFile.Read(Path);

        Assert.Equal(ItemStatistic.AveragePrecision, read.Statistic);
        Assert.Equal(items.Select(item => item.Gold), read.Items.Select(item => item.Gold));
        Assert.Equal(items.SelectMany(item => item.Predictions), read.Items.SelectMany(item => item.Predictions));
    }

    [Theory]
    [InlineData("{\"format\":\"cde-scores/1\",\"statistic\":\"Median\",\"measures\":[\"m\"],\"items\":[]}", "statistic is \"Median\" (expected Mean, Spearman")]
    [InlineData("{\"format\":\"cde-scores/1\",\"statistic\":\"Spearman\",\"measures\":[\"m\"],\"items\":[{\"id\":\"q\",\"text\":\"\",\"values\":[1],\"predictions\":[1]}]}", "field \"gold\" is missing")]
    [InlineData("{\"format\":\"cde-scores/1\",\"statistic\":\"Spearman\",\"measures\":[\"m\"],\"items\":[{\"id\":\"q\",\"text\":\"\",\"values\":[1],\"gold\":1,\"predictions\":[1]},{\"id\":\"r\",\"text\":\"\",\"values\":[1],\"gold\":1,\"predictions\":[1,2]}]}", "2 predictions, the first item has 1")]
    [InlineData("{\"format\":\"cde-scores/1\",\n oops", "line 2: not valid JSON")]
    [InlineData("{\"format\":\"other\"}", "format is \"other\"")]
    [InlineData("{\"format\":\"cde-scores/1\",\"measures\":[\"MAP\"]}", "field \"items\" is missing")]
    [InlineData("{\"format\":\"cde-scores/1\",\"measures\":[\"MAP\"],\"items\":[{\"id\":\"q\",\"text\":\"\",\"values\":[]}]}", "0 values for 1 measures")]
    [InlineData("{\"format\":\"cde-scores/1\",\"measures\":[\"MAP\"],\"items\":[{\"id\":\"q\",\"text\":\"\",\"values\":[\"x\"]}]}", "another type")]
    [InlineData("{\"format\":\"cde-scores/1\",\"measures\":[\"MAP\"],\"items\":[{\"id\":\"q\",\"text\":\"\",\"values\":[1]},{\"id\":\"q\",\"text\":\"\",\"values\":[1]}]}", "item 2: id \"q\" occurs twice")]
    [InlineData("{\"format\":\"cde-scores/1\",\"measures\":[],\"items\":[]}", "has no items")]
    public void What_breaks_the_form_is_refused_by_name(string content, string expected)
    {
        File.WriteAllText(Path, content);
        var message = Assert.Throws<CdeException>(() => ScoreFile.Read(Path)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.StartsWith(Path, message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
