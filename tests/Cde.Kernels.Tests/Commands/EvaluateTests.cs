using System.Text.Json;
using Cde.Kernels.Commands;
using Cde.Kernels.Tests.Shell;
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
    public void Every_profile_can_be_chosen() => Assert.Equal(
        EvaluationProfile.All.Select(profile => profile.Name), new EvaluateCommand().Parameters.Single(parameter => parameter.Name == "profile").Choices);
}
