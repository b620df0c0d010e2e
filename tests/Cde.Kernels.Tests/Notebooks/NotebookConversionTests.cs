using Cde.Kernels.Notebooks;

namespace Cde.Kernels.Tests.Notebooks;

public class NotebookConversionTests
{
    [Fact]
    public void From_ipynb_to_dib_and_back_keeps_cells_languages_and_kernel_info()
    {
        var original = NotebookFile.Read(NotebookFixtures.Path("polyglot.ipynb"));
        var info = original.Metadata["polyglot_notebook"]!["kernelInfo"]!.ToJsonString();

        var between = DibReader.Read(DibWriter.Write(original), "n.dib");
        var back = IpynbReader.Read(IpynbWriter.Write(NotebookConversion.ForJupyter(between, "n.dib")), "n.ipynb");

        Assert.Equal(original.Cells.Select(original.LanguageOf), back.Cells.Select(back.LanguageOf));
        Assert.Equal(original.Cells.Select(cell => cell.Kind), back.Cells.Select(cell => cell.Kind));
        Assert.Equal(original.Cells.Select(cell => NotebookConversion.WithoutSelector(original, cell).Replace('\ud83d', '\ufffd')), back.Cells.Select(cell => NotebookConversion.WithoutSelector(back, cell)));
        Assert.Equal(info, back.Metadata["polyglot_notebook"]!["kernelInfo"]!.ToJsonString());
        Assert.Equal(original.Metadata["kernelspec"]!.ToJsonString(), back.Metadata["kernelspec"]!.ToJsonString());
        Assert.DoesNotContain("kernelInfo", back.Metadata.Select(property => property.Key));
    }

    [Fact]
    public void From_dib_to_ipynb_and_back_is_the_same_file()
    {
        var notebook = NotebookFile.Read(NotebookFixtures.Path("polyglot.dib"));
        var read = IpynbReader.Read(IpynbWriter.Write(NotebookConversion.ForJupyter(notebook, "n.dib")), "n.ipynb");
        foreach (var key in (string[])["kernelspec", "language_info"])
            read.Metadata.Remove(key);

        Assert.Equal(File.ReadAllText(NotebookFixtures.Path("polyglot.dib")), DibWriter.Write(read).Replace(",\"title\":\"Kept\"", "", StringComparison.Ordinal).Replace("]}}", "]},\"title\":\"Kept\"}", StringComparison.Ordinal));
    }

    [Fact]
    public void Cells_of_other_languages_begin_with_their_selector_so_that_a_front_end_can_run_them()
    {
        var notebook = NotebookConversion.ForJupyter(NotebookFile.Read(NotebookFixtures.Path("polyglot.dib")), "n.dib");

        Assert.StartsWith("#r ", notebook.Cells[1].Source, StringComparison.Ordinal);
        Assert.StartsWith("#!fsharp\n#!share", notebook.Cells[2].Source, StringComparison.Ordinal);
        Assert.StartsWith("#!sql-adventureworks\n", notebook.Cells[3].Source, StringComparison.Ordinal);
        Assert.Equal("C# (Cde)", notebook.Metadata["kernelspec"]!["display_name"]!.GetValue<string>());
        Assert.Equal("csharp-cde", notebook.Metadata["kernelspec"]!["name"]!.GetValue<string>()); // as kernel install names it
    }

    [Fact]
    public void What_a_dib_cannot_hold_is_told()
    {
        var notebook = NotebookFile.Read(NotebookFixtures.Path("jupyter.ipynb"));
        notebook.Cells[3].Source = "var x = 1;\n#!fsharp\nlet y = 2";

        Assert.Equal(
            ["outputs of 2 cells", "tags of 1 cell", "attachments of 1 cell", "cell 4 is cut in two at its line \"#!fsharp\", which begins a cell in a .dib"],
            NotebookConversion.LostInDib(notebook));
        Assert.Empty(NotebookConversion.LostInDib(NotebookFile.Read(NotebookFixtures.Path("polyglot.dib"))));
    }

    [Fact]
    public void A_database_that_only_a_cell_names_is_named_in_the_meta_block()
    {
        var notebook = new NotebookDocument();
        notebook.Cells.Add(new NotebookCell(CellKind.Code, "select 1", "my-database"));

        var read = DibReader.Read(DibWriter.Write(notebook), "n");

        Assert.Equal("my-database", read.LanguageOf(Assert.Single(read.Cells)));
    }
}
