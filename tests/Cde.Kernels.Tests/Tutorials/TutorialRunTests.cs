using System.Diagnostics;
using Cde.Kernels.Notebooks;
using Cde.Kernels.Tests.Jupyter;
using Cde.Testing;

namespace Cde.Kernels.Tests.Tutorials;

/// <summary>
/// The program runs every tutorial and finds in it what its file holds. <c>.ci/run</c> does the same with a line for each, so that the tier that CI runs leaves these out.
/// </summary>
public sealed class TutorialRunTests
{
    public static TheoryData<string> Names => [.. TutorialNotebooks.Names];

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Names))]
    public async Task A_tutorial_shows_what_its_file_holds(string name)
    {
        var (code, said) = await CompareAsync(Path.Combine(TutorialNotebooks.Folder, name));

        Assert.True(code == 0, said);
    }

    [Fact]
    public async Task A_doctored_notebook_fails_by_cell_and_line()
    {
        using var folder = new TemporaryFolder();
        var notebook = new NotebookDocument();
        notebook.Cells.Add(new NotebookCell(CellKind.Code, "var scores = new[] { 0.5, 0.25 };\nscores.Sum()"));
        notebook.Cells.Add(new NotebookCell(CellKind.Code, "Console.WriteLine($\"{scores.Length} scores\");\nscores.Average()"));
        var path = folder["doctored.ipynb"];
        NotebookFile.Write(notebook, path);
        Assert.Equal(0, (await RunAsync(path, "--update")).Code);
        Assert.Equal(0, (await CompareAsync(path)).Code);

        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).Replace("0.375", "0.475", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var (code, said) = await CompareAsync(path);

        Assert.Equal(1, code);
        Assert.Contains("doctored.ipynb cell [2] \"Console.WriteLine($\"{scores.Length} sco…\", output line 2: \"0.475\" in the file, \"0.375\" now", said, StringComparison.Ordinal);
    }

    private static Task<(int Code, string Said)> CompareAsync(string path) => RunAsync(path, "--compare");

    private static async Task<(int Code, string Said)> RunAsync(string path, string option)
    {
        var start = new ProcessStartInfo(KernelProcess.Host, [KernelProcess.Program, "notebook", "run", path, option, "--timeout", "600"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, $"{await error}{output}");
    }
}
