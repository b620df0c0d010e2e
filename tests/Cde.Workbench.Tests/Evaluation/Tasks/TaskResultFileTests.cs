using System.Text.Json;
using Cde.Testing;
using Cde.Workbench.Evaluation;

namespace Cde.Workbench.Tests.Evaluation;

public sealed class TaskResultFileTests
{
    [Fact]
    public void Results_have_the_fields_of_mtebs_files()
    {
        using var folder = new TemporaryFolder();
        var path = folder["model", "STSB.json"];
        var task = new TaskInfo("mine", TaskKind.Sts, "path") { PublishedName = "STSB", Languages = ["cmn-Hans"] };
        TaskResultFile.Write(path, new TaskResult(task, "cosine_spearman", new Dictionary<string, double> { ["cosine_spearman"] = 0.5, ["cosine_pearson"] = double.NaN }, "rule") { Elapsed = TimeSpan.FromSeconds(2) });

        var root = JsonDocument.Parse(File.ReadAllText(path)).RootElement;

        Assert.Equal(("STSB", 2.0, JsonValueKind.Null), (root.GetProperty("task_name").GetString(), root.GetProperty("evaluation_time").GetDouble(), root.GetProperty("mteb_version").ValueKind));
        var score = Assert.Single(root.GetProperty("scores").GetProperty("test").EnumerateArray());
        Assert.Equal((0.5, "default", "cmn-Hans"), (score.GetProperty("main_score").GetDouble(), score.GetProperty("hf_subset").GetString(), score.GetProperty("languages")[0].GetString()));
        Assert.Equal(JsonValueKind.Null, score.GetProperty("cosine_pearson").ValueKind);
    }

    [Fact]
    public void Published_scores_belong_to_task_split_and_subset()
    {
        var published = PublishedScores.Of(new TaskInfo("x", TaskKind.Sts, "p") { PublishedName = "STSBenchmark" });
        Assert.Equal(0.82032, published.Single(row => row.Model == "all-MiniLM-L6-v2").Score);
        Assert.Equal(published.OrderByDescending(row => row.Score), published);
        Assert.Empty(PublishedScores.Of(new TaskInfo("x", TaskKind.Sts, "p") { PublishedName = "STSBenchmark", Split = "train" }));
        Assert.Empty(PublishedScores.Of(new TaskInfo("STSBenchmark", TaskKind.Sts, "p")));
    }
}
