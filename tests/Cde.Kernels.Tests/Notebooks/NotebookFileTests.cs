using Cde.Kernels.Notebooks;
using Cde.Testing;
using Cde.Workbench;

namespace Cde.Kernels.Tests.Notebooks;

public class NotebookFileTests
{
    [Theory]
    [InlineData("a.cs", "csharp")]
    [InlineData("a.csx", "csharp")]
    [InlineData("a.fs", "fsharp")]
    [InlineData("a.FSX", "fsharp")]
    [InlineData("a.js", "javascript")]
    [InlineData("a.sql", "sql")]
    [InlineData("a.html", "html")]
    [InlineData("a.md", "markdown")]
    public void A_source_file_is_a_notebook_of_one_cell(string name, string language)
    {
        using var folder = new TemporaryFolder();

        var notebook = NotebookFile.Read(folder.Write(name, "\ufeffone\r\ntwo\r\n"));

        var cell = Assert.Single(notebook.Cells);
        Assert.Equal(language, notebook.LanguageOf(cell));
        Assert.Equal("one\ntwo", cell.Source);
        Assert.Equal(language == "markdown" ? CellKind.Markdown : CellKind.Code, cell.Kind);
    }

    [Fact]
    public void What_cannot_be_read_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["folder.ipynb"]);
        File.WriteAllBytes(folder["latin.dib"], [0x23, 0xe4, 0x0a]);

        Assert.EndsWith("none.ipynb: no such file", Refusal("none.ipynb"), StringComparison.Ordinal);
        Assert.EndsWith("folder.ipynb: a folder, not a notebook", Refusal("folder.ipynb"), StringComparison.Ordinal);
        Assert.EndsWith("latin.dib: not UTF-8; save the file as UTF-8", Refusal("latin.dib"), StringComparison.Ordinal);
        Assert.Contains("a.txt: not a notebook or source file (.ipynb, .dib, .cs,", Refusal("a.txt"), StringComparison.Ordinal);

        string Refusal(string name) => Assert.Throws<CdeException>(() => NotebookFile.Read(folder[name])).Message;
    }

    [Fact]
    public void A_file_is_written_as_its_extension_says_and_over_itself()
    {
        using var folder = new TemporaryFolder();
        var path = folder["n.ipynb"];
        File.Copy(NotebookFixtures.Path("jupyter.ipynb"), path);

        NotebookFile.Write(NotebookFile.Read(path), path);
        NotebookFile.Write(NotebookFile.Read(path), folder["n.dib"]);

        Assert.Equal(NotebookFixtures.Bytes("jupyter.ipynb"), File.ReadAllBytes(path));
        Assert.StartsWith("#!meta", File.ReadAllText(folder["n.dib"]), StringComparison.Ordinal);
        Assert.Equal("n.txt: a notebook is written as .ipynb or .dib", Assert.Throws<CdeException>(() => NotebookFile.Write(new NotebookDocument(), "n.txt")).Message);
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }
}
