using System.Text.Json.Nodes;
using Cde.Kernels.Tests.Shell;
using Cde.Workbench.Models;

namespace Cde.Kernels.Tests.Commands;

/// <summary>Commands that make contexts take what the first stage has computed before, say so, and give the same result.</summary>
public sealed class FirstStageReuseTests(TinyWorkspace workspace)
{
    [Theory]
    [InlineData("context sensitivity --resamples 3 --size 4", 12)]
    [InlineData("context compare own random-strings", 12)]
    [InlineData("context influence --context-size 4", 4)]
    public async Task A_second_run_reuses_every_vector_and_gives_the_same_result(string command, int documents)
    {
        if (FusedInference.Kernels(TorchSharp.torch.ScalarType.Float32) is null)
            Assert.Skip("there is no fused path on this backend: vectors depend on the batch and are not kept");
        var line = $"{command} --corpus {TinyWorkspace.CorpusPath} --model {workspace.Model} --seed 71";
        var first = await ShellRun.Of($"{line} --json");
        Assert.True(first.ExitCode == 0, first.Error);
        var second = await ShellRun.Of($"{line} --json");
        var (before, after) = (Result(first), Result(second));

        Assert.Equal(documents, after["firstStage"]!["documents"]!.GetValue<int>());
        Assert.Equal(documents, after["firstStage"]!["reused"]!.GetValue<int>());
        before.Remove("firstStage");
        after.Remove("firstStage");
        Assert.Equal(before.ToJsonString(), after.ToJsonString());
        Assert.Contains($"first stage: {documents} of {documents} vectors reused", (await ShellRun.Of(line)).Output, StringComparison.Ordinal);
    }

    private static JsonObject Result(ShellRun run) => JsonNode.Parse(run.Output)!["result"]!.AsObject();
}
