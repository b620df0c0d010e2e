using Cde.Kernels.Tests.Shell;
using Cde.Workbench;
using Cde.Workbench.Training;
using Cde.Workbench.Training.Runs;

namespace Cde.Kernels.Tests.Commands;

public sealed class FigureOptionTests(TinyWorkspace workspace)
{
    [Theory]
    [InlineData("loss.svg", "<svg")]
    [InlineData("loss.html", "<!DOCTYPE html>")]
    [InlineData("loss.json", "{\"data\"")]
    [InlineData("loss.txt", "Loss")]
    public async Task A_commands_figure_is_written_in_the_form_of_the_ending(string name, string beginning)
    {
        var file = Path.Combine(workspace.Folder, name);

        var run = await ShellRun.Of($"report {Run()} --figure {file} --out {workspace.Folder}/report.html");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains($"figure \"Loss\" written to {file}", run.Error, StringComparison.Ordinal);
        Assert.StartsWith(beginning, await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("datasets list --figure {0}/list.svg", 1, "cde datasets list shows no figure")]
    [InlineData("datasets list --figure {0}/list.png", 2, "a figure is written as .plotly.html, .html, .svg, .json, .txt")]
    public async Task What_cannot_be_written_is_told(string line, int exitCode, string expected)
    {
        var run = await ShellRun.Of(string.Format(System.Globalization.CultureInfo.InvariantCulture, line, workspace.Folder));

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    private string Run()
    {
        var run = new RunFolder(Path.Combine(workspace.Folder, "figures"));
        AtomicFile.WriteAllText(run.Config, TrainingConfiguration.Write(new TrainingOptions()));
        AtomicFile.WriteAllText(run.Log, "{\"step\":1,\"loss\":2.5,\"learningRate\":0.001,\"gradientNorm\":1}\n{\"step\":2,\"loss\":2.1,\"learningRate\":0.001,\"gradientNorm\":1}\n");
        return Path.Combine(workspace.Folder, "figures");
    }
}
