using Cde.Testing;
using Cde.Workbench.Evaluation;

namespace Cde.Workbench.Tests.Evaluation;

/// <summary>Mean GloVe vectors on real data sets, against the scores that another program found with the same vectors (the data's index states them).</summary>
public sealed class RealDataTests
{
    [Fact]
    public async Task Similarity_of_mean_glove_vectors_is_the_known_one() =>
        Assert.Equal(0.418, (await Score(TestFolders.Data("stsb", "stsb-en-test.csv"))).MainScore, 0.005);

    [Fact]
    public async Task Retrieval_by_mean_glove_vectors_is_the_known_one() =>
        Assert.Equal(0.567, (await Score(TestFolders.Data("xquad", "xquad.en.json"))).MainScore, 0.005);

    private static async Task<TaskResult> Score(string path)
    {
        using var task = Assert.Single(TaskFinder.Find(path)).Open();
        return await task.EvaluateAsync(new TaskEncoder(new GloveEmbedder(), new TaskInstruction("", "", "none")), new TaskOptions { IntervalDraws = 10 });
    }
}
