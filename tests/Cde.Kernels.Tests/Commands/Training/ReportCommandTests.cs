using Cde.Kernels.Tests.Shell;
using Cde.Workbench.Training.Runs;

namespace Cde.Kernels.Tests.Commands;

public sealed class ReportCommandTests(TinyWorkspace workspace)
{
    [Fact]
    public async Task A_run_becomes_one_page_that_stands_alone()
    {
        var run = new RunFolder(Path.Combine(workspace.Folder, "reported"));
        var trained = await ShellRun.Of(
            $"train --corpus {TinyWorkspace.CorpusPath} --out {run.Path} --width 8 --layers 1 --heads 1 --vocabulary-size 200 --steps 6 --warmup-steps 0 --context-size 2 --batch-size 2");
        Assert.True(trained.ExitCode == 0, trained.Error);

        var reported = await ShellRun.Of($"report {run.Path}");

        Assert.True(reported.ExitCode == 0, reported.Error);
        Assert.Contains("step 6 of 6", reported.Output, StringComparison.Ordinal);
        var page = File.ReadAllText(run.Report);
        Assert.Contains("<polyline", page, StringComparison.Ordinal);
        Assert.Contains("optimizer.learningRate", page.Replace("<wbr>", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        Assert.True(new FileInfo(run.Events).Length > 0);
    }

    [Fact]
    public async Task A_run_that_has_not_begun_is_refused_with_the_way_out()
    {
        var run = await ShellRun.Of($"report {workspace.Folder}/nothing");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("there is no training run here", run.Error, StringComparison.Ordinal);
    }
}
