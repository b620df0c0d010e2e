using Cde.Kernels.Cells;
using Cde.Kernels.Notebooks;

namespace Cde.Kernels.Tests.Directives.Magics;

public sealed class ImportTests : IDisposable
{
    private readonly FakeNotebook _notebook = FakeNotebook.Standard();

    public void Dispose() => _notebook.Dispose();

    [Fact]
    public async Task The_cells_of_a_notebook_run_in_order_each_in_its_language()
    {
        var notebook = new NotebookDocument();
        notebook.Cells.AddRange([
            new(CellKind.Code, "one", "csharp"), new(CellKind.Raw, "raw"), new(CellKind.Code, "two\n#!csharp\nthree", "fsharp"), new(CellKind.Markdown, "# four"),
        ]);
        NotebookFile.Write(notebook, Path.Combine(_notebook.Folder, "lib.ipynb"));

        await _notebook.RunAsync("before\n#!import lib.ipynb\nafter");

        Assert.Equal(["before", "one", "three", "after"], _notebook.CSharp.Ran.Select(ran => ran.Code.Trim()));
        Assert.Equal(["two"], _notebook.FSharp.Ran.Select(ran => ran.Code.Trim()));
        Assert.Equal(["# four"], ((FakeLanguage)_notebook.Languages[2]).Ran.Select(ran => ran.Code));
        Assert.Equal(["lib.ipynb, cell 3"], _notebook.FSharp.Ran.Select(ran => ran.Cell.Request.Name));
    }

    [Theory]
    [InlineData("a.csx", "csharp")]
    [InlineData("a.fsx", "fsharp")]
    [InlineData("a.md", "markdown")]
    public async Task A_source_file_runs_in_the_language_of_its_extension(string file, string language)
    {
        await WriteAsync(file, "text\n");

        await _notebook.RunAsync($"#!import \"{file}\"");

        Assert.Equal(["text"], ((FakeLanguage)_notebook.Languages.First(known => known.Name == language)).Ran.Select(ran => ran.Code));
    }

    [Fact]
    public async Task Paths_count_from_the_importing_file()
    {
        await WriteAsync("sub/outer.dib", "#!import inner.csx");
        await WriteAsync("sub/inner.csx", "x = inner");

        await _notebook.RunAsync("#!import sub/outer.dib");

        Assert.True(_notebook.CSharp.TryGet("x", out var x));
        Assert.Equal("inner", x.Value);
    }

    [Fact]
    public async Task Cycles_are_refused_and_the_chain_is_named()
    {
        await WriteAsync("a.csx", "#!import b.csx");
        await WriteAsync("b.csx", "\n#!import ./a.csx");

        var error = (await Assert.ThrowsAsync<CellFailedException>(() => _notebook.RunAsync("#!import a.csx"))).Error;

        Assert.Contains("a.csx → b.csx → a.csx", error.Message, StringComparison.Ordinal);
        Assert.Equal((1, 10), (error.Line, error.Column));
        Assert.Contains("b.csx, line 2:", error.Traceback);
    }

    [Fact]
    public async Task A_file_imported_twice_one_after_the_other_runs_twice()
    {
        await WriteAsync("a.csx", "x = 1");

        await _notebook.RunAsync("#!import a.csx\n#!import a.csx");

        Assert.Equal(2, _notebook.CSharp.Ran.Count);
    }

    [Fact]
    public async Task A_failing_cell_ends_the_import_and_says_where()
    {
        await WriteAsync("a.dib", "#!csharp\n\none\n\n#!csharp\n\ntwo\n#!nonsense\n\n#!csharp\n\nthree\n");

        var error = (await Assert.ThrowsAsync<CellFailedException>(() => _notebook.RunAsync("zero\n#!import a.dib"))).Error;

        Assert.StartsWith("a.dib, cell 2, line 2: #!nonsense: no magic and no language", error.Message, StringComparison.Ordinal);
        Assert.Equal(["Cell, line 2:", "    #!import a.dib", "             ^^^^^", "a.dib, cell 2, line 2:", "    #!nonsense"], error.Traceback.Take(5));
        Assert.Equal(["zero", "one"], _notebook.CSharp.Ran.Select(ran => ran.Code.Trim()));
    }

    [Theory]
    [InlineData("nowhere.ipynb", "no such file")]
    [InlineData("a.http", "not a notebook or source file")]
    public async Task A_file_that_cannot_be_read_is_named(string file, string rule)
    {
        var error = (await Assert.ThrowsAsync<CellFailedException>(() => _notebook.RunAsync($"#!import {file}"))).Error;

        Assert.Contains(rule, error.Message, StringComparison.Ordinal);
        Assert.Equal(10, error.Column);
    }

    private async Task WriteAsync(string name, string text)
    {
        var path = Path.Combine(_notebook.Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
    }
}
