using System.Text.Json;
using Cde.Kernels.Commands;
using Cde.Kernels.Tests.Shell;
using Cde.Testing;
using Cde.Workbench.Corpora;
using Cde.Workbench.Evaluation;

namespace Cde.Kernels.Tests.Commands;

public class EvaluateTests
{
    public static TheoryData<string> Profiles => [.. EvaluationProfile.All.Select(profile => profile.Name)];

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task The_rules_of_a_profile_stand_beside_the_scores(string profile)
    {
        var line = $"evaluate --corpus {TinyWorkspace.CorpusPath} --method bm25 --profile {profile} --measures nDCG@10,P(rel=2)@5,R_cap@3,Hole@10";
        var run = await ShellRun.Of($"{line} --json");

        Assert.True(run.ExitCode == 0, run.Error);
        var result = JsonDocument.Parse(run.Output).RootElement.GetProperty("result");
        Assert.StartsWith($"profile {profile}: ", result.GetProperty("rule").GetString(), StringComparison.Ordinal);
        Assert.Equal(["nDCG@10", "P(rel=2)@5", "R_cap@3", "Hole@10"], result.GetProperty("measures").EnumerateArray().Select(measure => measure.GetProperty("measure").GetString()));
        Assert.Contains($"profile {profile}: ", (await ShellRun.Of(line)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reranking_keeps_what_was_found_and_orders_it_anew()
    {
        using var folder = new TemporaryFolder();
        var (reranker, found, reranked) = (TinyReranker.Write(Path.Combine(folder.Path, "tiny-reranker")), Path.Combine(folder.Path, "found.run"), Path.Combine(folder.Path, "reranked.run"));
        var line = $"evaluate --corpus {TinyWorkspace.CorpusPath} --method bm25 --depth 8";

        await ShellRun.Of($"{line} --save-run {found}");
        var run = await ShellRun.Of($"{line} --rerank {reranker} --rerank-top 8 --save-run {reranked} --json");
        var fromFile = await ShellRun.Of($"evaluate --corpus {TinyWorkspace.CorpusPath} --run {found} --rerank {reranker} --json");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("reranked by tiny-reranker", run.Output, StringComparison.Ordinal);
        var (before, after) = (RunFile.Read(found), RunFile.Read(reranked));
        Assert.Equal(before.Keys, after.Keys);
        Assert.All(before, list => Assert.Equal(list.Value.Select(document => document.DocumentId).Order(), after[list.Key].Select(document => document.DocumentId).Order()));
        Assert.Contains(before, list => !list.Value.Select(document => document.DocumentId).SequenceEqual(after[list.Key].Select(document => document.DocumentId)));
        Assert.Equal(
            JsonDocument.Parse(run.Output).RootElement.GetProperty("result").GetProperty("measures").ToString(),
            JsonDocument.Parse(fromFile.Output).RootElement.GetProperty("result").GetProperty("measures").ToString());
    }

    [Fact]
    public void Every_profile_can_be_chosen() => Assert.Equal(
        EvaluationProfile.All.Select(profile => profile.Name), new EvaluateCommand().Parameters.Single(parameter => parameter.Name == "profile").Choices);
}
