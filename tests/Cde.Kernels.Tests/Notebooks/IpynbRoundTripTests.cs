using System.Text;
using System.Text.Json.Nodes;
using Cde.Kernels.Notebooks;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Kernels.Tests.Notebooks;

public class IpynbRoundTripTests
{
    [Theory]
    [InlineData("jupyter.ipynb")]
    [InlineData("polyglot.ipynb")]
    [InlineData("two-blanks-no-break.ipynb")]
    [InlineData("tabs.ipynb")]
    [InlineData("one-line.ipynb")]
    [InlineData("python-one-line.ipynb")]
    [InlineData("ascii.ipynb")]
    public void A_file_that_is_read_and_written_is_the_same_byte_for_byte(string name)
    {
        var bytes = NotebookFixtures.Bytes(name);

        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(IpynbWriter.Write(IpynbReader.Read(bytes, name))));
    }

    [Fact]
    public void Windows_line_breaks_stay()
    {
        var bytes = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(NotebookFixtures.Bytes("polyglot.ipynb")).Replace("\n", "\r\n", StringComparison.Ordinal));

        Assert.Equal(bytes, IpynbWriter.Write(IpynbReader.Read(bytes, "n")));
    }

    [Fact]
    public void A_cell_that_changes_changes_its_own_lines_alone()
    {
        var before = Encoding.UTF8.GetString(NotebookFixtures.Bytes("jupyter.ipynb"));
        var notebook = IpynbReader.Read(NotebookFixtures.Bytes("jupyter.ipynb"), "n");

        notebook.Cells[1].Source = "var seed = 2;\nvar size = 0.5;";

        Assert.Equal(before.Replace("seed = 1", "seed = 2", StringComparison.Ordinal), Encoding.UTF8.GetString(IpynbWriter.Write(notebook)));
    }

    [Fact]
    public void New_texts_are_escaped_as_the_file_escapes()
    {
        const string text = "ä 漢 😀 \u2028 \u007f \u0001 \" \\ \t \ud83d";
        foreach (var (file, expected) in new[] { ("jupyter.ipynb", "ä 漢 😀 \u2028 \u007f \\u0001 \\\" \\\\ \\t \\ud83d"), ("ascii.ipynb", @"\u00e4 \u6f22 \ud83d\ude00 \u2028 \u007f \u0001 \"" \\ \t \ud83d") })
        {
            var notebook = IpynbReader.Read(NotebookFixtures.Bytes(file), "n");
            notebook.Cells[1].Source = text;
            Assert.Contains($"\"{expected}\"", Encoding.UTF8.GetString(IpynbWriter.Write(notebook)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_older_notebook_gets_ids_and_the_version_and_nothing_else()
    {
        var before = Encoding.UTF8.GetString(NotebookFixtures.Bytes("jupyter-4.2.ipynb")).Split('\n');

        var after = Encoding.UTF8.GetString(IpynbWriter.Write(IpynbReader.Read(NotebookFixtures.Bytes("jupyter-4.2.ipynb"), "n"))).Split('\n');

        Assert.Equal(["   \"id\": \"", "   \"id\": \"", "   \"id\": \"", "   \"id\": \"", "   \"id\": \"", "   \"id\": \""], Added().Where(line => line.Contains("\"id\"", StringComparison.Ordinal)).Select(line => line[..10]));
        Assert.Equal([" \"nbformat_minor\": 5"], Added().Where(line => !line.Contains("\"id\"", StringComparison.Ordinal)));
        Assert.Equal(6, Added().Select(line => line).Distinct().Count(line => line.Contains("\"id\"", StringComparison.Ordinal)));

        IEnumerable<string> Added() => after.Except(before);
    }

    [Fact]
    public void New_ids_depend_on_the_notebook_alone_and_sort_into_their_place()
    {
        var notebook = IpynbReader.Read(NotebookFixtures.Bytes("jupyter-4.2.ipynb"), "n");

        var first = IpynbWriter.Write(notebook);

        Assert.Equal(first, IpynbWriter.Write(IpynbReader.Read(NotebookFixtures.Bytes("jupyter-4.2.ipynb"), "n")));
        Assert.Equal(["cell_type", "execution_count", "id", "metadata", "outputs", "source"], notebook.Cells[1].Json.Select(property => property.Key));
    }

    [Fact]
    public void A_doubled_id_is_replaced_where_it_stands_the_second_time()
    {
        var notebook = IpynbReader.Read(NotebookFixtures.Bytes("jupyter.ipynb"), "n");
        notebook.Cells[2].Id = "intro";

        IpynbWriter.Write(notebook);

        Assert.Equal("intro", notebook.Cells[0].Id);
        Assert.NotEqual("intro", notebook.Cells[2].Id);
    }

    [Fact]
    public void A_later_minor_version_and_its_keys_stay()
    {
        var text = Encoding.UTF8.GetString(NotebookFixtures.Bytes("polyglot.ipynb"))
            .Replace("\"nbformat_minor\": 5", "\"nbformat_minor\": 7", StringComparison.Ordinal).Replace("\"cells\"", "\"added\": [\n  1.50\n ],\n \"cells\"", StringComparison.Ordinal);

        Assert.Equal(text, Encoding.UTF8.GetString(IpynbWriter.Write(IpynbReader.Read(Encoding.UTF8.GetBytes(text), "n"))));
    }

    [Fact]
    public void Written_cells_are_read_back_whatever_their_texts() =>
        Prop.ForAll(
            Gen.OneOf(ArbMap.Default.GeneratorFor<string>().Where(text => text is not null), Gen.Elements("a\nb", "\n", "a\n\n", "\r\n x", "\ud83d\ude00", "\ud83d", "")).ArrayOf().ToArbitrary(),
            texts =>
            {
                var notebook = new NotebookDocument();
                notebook.Metadata["texts"] = new JsonArray([.. texts.Select(text => (JsonNode)text)]);
                foreach (var text in texts)
                    notebook.Cells.Add(new NotebookCell((CellKind)(text.Length % 3), text));

                var bytes = IpynbWriter.Write(notebook);
                var read = IpynbReader.Read(bytes, "n");

                return read.Cells.Select(cell => (cell.Kind, cell.Source)).SequenceEqual(notebook.Cells.Select(cell => (cell.Kind, Whole(cell.Source))))
                    && read.Cells.Select(cell => cell.Id).Distinct().Count() == texts.Length
                    && IpynbWriter.Write(read).SequenceEqual(bytes);
            }).QuickCheckThrowOnFailure();

    /// <summary>A text as memory can hold it when it comes from a file: U+FFFD for half of a surrogate pair.</summary>
    private static string Whole(string text) => string.Concat(text.EnumerateRunes());
}
