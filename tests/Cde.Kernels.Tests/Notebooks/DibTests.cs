using Cde.Kernels.Notebooks;
using Cde.Workbench;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Kernels.Tests.Notebooks;

public class DibTests
{
    [Fact]
    public void A_file_that_is_read_and_written_is_the_same()
    {
        var text = File.ReadAllText(NotebookFixtures.Path("polyglot.dib"));

        Assert.Equal(text, DibWriter.Write(DibReader.Read(text, "n.dib")));
    }

    [Fact]
    public void Selectors_cut_and_magics_stay_with_their_cell()
    {
        var notebook = NotebookFile.Read(NotebookFixtures.Path("polyglot.dib"));

        Assert.Equal(["markdown", "csharp", "fsharp", "sql-adventureworks", "mermaid"], notebook.Cells.Select(notebook.LanguageOf));
        Assert.Equal("#r \"nuget: Npgsql\"\n#!time\nvar x = 1;\n\n\nx + 1", notebook.Cells[1].Source);
        Assert.Equal("#!share --from csharp x\n  indented", notebook.Cells[2].Source);
    }

    [Theory]
    [InlineData("1 + 1", "csharp: 1 + 1")]
    [InlineData("\ufeff\r\n\r\n1\r\n\r\n2\r\n\r\n", "csharp: 1\n\n2")]
    [InlineData("#!c#\n1\n#!f#\n2\n#!js\n3\n#!md\n4", "csharp: 1|fsharp: 2|javascript: 3|markdown: 4")]
    [InlineData("#!meta\n{\"kernelInfo\":{\"defaultKernelName\":\"fsharp\"}}\n\n#!time\n1", "fsharp: #!time\n1")]
    [InlineData("#!csharp\n#!fsharp\n\n1\n", "csharp: |fsharp: 1")]
    [InlineData("#!csharp \n  #!fsharp\n1", "csharp:   #!fsharp\n1")]
    [InlineData("", "")]
    [InlineData("\n \n", "csharp:  ")]
    public void Cells_are_cut_at_lines_that_are_a_language_alone(string text, string expected)
    {
        var notebook = DibReader.Read(text, "n");

        Assert.Equal(expected, string.Join('|', notebook.Cells.Select(cell => $"{notebook.LanguageOf(cell)}: {cell.Source}")));
    }

    [Theory]
    [InlineData("#!meta\n\n{\"kernelInfo\": }\n\n#!csharp\n1", "n.dib line 3, byte 16: the #!meta block is not JSON")]
    [InlineData("\n#!meta\n[1]\n", "n.dib line 3: the #!meta block is not a JSON object")]
    public void A_broken_meta_block_is_refused_with_its_line(string text, string expected) =>
        Assert.Equal(expected, Assert.Throws<CdeException>(() => DibReader.Read(text, "n.dib")).Message);

    [Fact]
    public void Written_cells_are_read_back_whatever_their_texts() =>
        Prop.ForAll(
            ArbMap.Default.GeneratorFor<string>().Where(text => text is not null).Zip(Gen.Elements("csharp", "fsharp", "markdown", "raw", "sql", "my-database")).ArrayOf().ToArbitrary(),
            cells =>
            {
                var notebook = new NotebookDocument();
                foreach (var (any, language) in cells)
                {
                    var text = any.Replace("\r", "", StringComparison.Ordinal).Trim('\n');
                    if (text.Split('\n').Any(line => NotebookLanguages.IsKnown(line.TrimStart('#', '!').TrimEnd())))
                        continue;
                    notebook.Cells.Add(language switch
                    {
                        "markdown" => new NotebookCell(CellKind.Markdown, text),
                        "raw" => new NotebookCell(CellKind.Raw, text),
                        _ => new NotebookCell(CellKind.Code, text, language),
                    });
                }

                var read = DibReader.Read(DibWriter.Write(notebook), "n");

                return read.Cells.Select(cell => (read.LanguageOf(cell), cell.Source)).SequenceEqual(notebook.Cells.Select(cell => (notebook.LanguageOf(cell), cell.Source)));
            }).QuickCheckThrowOnFailure();
}
