using System.Text;
using Cde.Kernels.Notebooks;
using Cde.Workbench;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Kernels.Tests.Notebooks;

public class IpynbReaderTests
{
    private const string Good = """{"cell_type": "markdown", "metadata": {}, "source": "a"}""";

    [Theory]
    [InlineData("", "n.ipynb: the file is empty")]
    [InlineData("[1, 2]", "n.ipynb: not a notebook: the file holds a list (expected an object with \"cells\" and \"nbformat\")")]
    [InlineData("{\n  \"cells\": nothing\n}", "n.ipynb line 2, byte 13: not JSON: ")]
    [InlineData("{\n  \"cells\": [\n", "n.ipynb line 3, byte 1: the file ends in the middle (cut off while it was written or copied?)")]
    [InlineData("{\"cells\": [], \"nbformat\": 4, \"metad", "n.ipynb line 1, byte 36: the file ends in the middle")]
    [InlineData("{\"nbformat\": 4, \"cells\": [], \"cells\": []}", "n.ipynb line 1, byte 30: the key \"cells\" stands a second time in its object")]
    [InlineData("{\"cells\": []}", "n.ipynb: not a notebook: \"nbformat\" is missing (expected 4)")]
    [InlineData("{\"cells\": [], \"nbformat\": \"4\"}", "n.ipynb: \"nbformat\" is a text (expected a whole number)")]
    [InlineData("{\"cells\": [], \"nbformat\": 4.5}", "n.ipynb: \"nbformat\" is a number (expected a whole number)")]
    [InlineData("{\"worksheets\": [], \"nbformat\": 3}", "n.ipynb: nbformat 3 is not read (4.0 to 4.5 are); convert it first: jupyter nbconvert --to notebook --nbformat 4")]
    [InlineData("{\"cells\": [], \"nbformat\": 5}", "n.ipynb: nbformat 5 is not read (4.0 to 4.5 are); save the notebook as version 4")]
    [InlineData("{\"nbformat\": 4}", "n.ipynb: \"cells\" is missing (expected a list)")]
    [InlineData("{\"nbformat\": 4, \"cells\": {}}", "n.ipynb: \"cells\" is an object (expected a list)")]
    [InlineData("{\"nbformat\": 4, \"cells\": [], \"metadata\": 1}", "n.ipynb: \"metadata\" is a number (expected an object)")]
    public void A_file_that_is_no_notebook_is_refused_by_name(string json, string expected) => Assert.StartsWith(expected, Refusal(json), StringComparison.Ordinal);

    [Theory]
    [InlineData("3", "n.ipynb cell 3: is a number (expected an object)")]
    [InlineData("""{"source": "a"}""", "n.ipynb cell 3: \"cell_type\" is missing (expected code, markdown or raw)")]
    [InlineData("""{"cell_type": "heading", "source": "a"}""", "n.ipynb cell 3: \"cell_type\" is \"heading\" (expected code, markdown or raw)")]
    [InlineData("""{"cell_type": "code", "source": 7}""", "n.ipynb cell 3: \"source\" is a number (expected text or a list of texts)")]
    [InlineData("""{"cell_type": "code"}""", "n.ipynb cell 3: \"source\" is missing (expected text or a list of texts)")]
    [InlineData("""{"cell_type": "raw", "source": ["a", null]}""", "n.ipynb cell 3: \"source\" item 2 is null (expected a text)")]
    [InlineData("""{"cell_type": "raw", "source": "", "metadata": []}""", "n.ipynb cell 3: \"metadata\" is a list (expected an object)")]
    [InlineData("""{"cell_type": "raw", "source": "", "id": 1}""", "n.ipynb cell 3: \"id\" is a number (expected a text)")]
    [InlineData("""{"cell_type": "code", "source": "", "execution_count": "1"}""", "n.ipynb cell 3: \"execution_count\" is a text (expected a whole number)")]
    [InlineData("""{"cell_type": "code", "source": "", "outputs": {}}""", "n.ipynb cell 3: \"outputs\" is an object (expected a list)")]
    [InlineData("""{"cell_type": "code", "source": "", "outputs": [{}]}""", "n.ipynb cell 3 output 1: \"output_type\" is missing (expected a text)")]
    [InlineData("""{"cell_type": "code", "source": "", "outputs": [{"output_type": "stream", "name": "stdout", "text": true}]}""", "n.ipynb cell 3 output 1: \"text\" is true or false (expected text or a list of texts)")]
    [InlineData("""{"cell_type": "code", "source": "", "outputs": [{"output_type": "display_data"}]}""", "n.ipynb cell 3 output 1: \"data\" is missing (expected an object)")]
    [InlineData("""{"cell_type": "code", "source": "", "outputs": [{"output_type": "error", "ename": "a", "evalue": "b", "traceback": "c"}]}""", "n.ipynb cell 3 output 1: \"traceback\" is a text (expected a list)")]
    public void A_cell_that_breaks_a_rule_is_named_with_the_rule(string cell, string expected) =>
        Assert.Equal(expected, Refusal($$"""{"nbformat": 4, "nbformat_minor": 5, "cells": [{{Good}}, {{Good}}, {{cell}}]}"""));

    [Fact]
    public void Nesting_beyond_the_limit_is_refused_and_up_to_it_is_read()
    {
        var fits = IpynbReader.MaxDepth - 2;

        Assert.NotNull(IpynbReader.Read(Nested(fits), "n"));
        Assert.Contains("nested deeper than 256 levels", Refusal(Encoding.UTF8.GetString(Nested(fits + 1))), StringComparison.Ordinal);
        Assert.Contains("nested deeper than 256 levels", Refusal(Encoding.UTF8.GetString(Nested(1_000_000))), StringComparison.Ordinal);

        static byte[] Nested(int depth) => Encoding.UTF8.GetBytes($$$"""{"nbformat": 4, "cells": [], "metadata": {"deep": {{{new string('[', depth)}}}{{{new string(']', depth)}}} }}""");
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused_with_their_place()
    {
        byte[] bytes = [.. "{\n \"ä"u8, 0xff, .. "\": 1}"u8];

        Assert.Equal("n.ipynb line 2, byte 5: not UTF-8; save the file as UTF-8", Assert.Throws<CdeException>(() => IpynbReader.Read(bytes, "n.ipynb")).Message);
    }

    [Fact]
    public void What_is_merely_missing_is_made_up_when_it_is_written()
    {
        var notebook = IpynbReader.Read("""{"nbformat": 4, "cells": [{"cell_type": "code", "source": "1"}]}"""u8, "n");

        var written = Encoding.UTF8.GetString(IpynbWriter.Write(notebook));

        Assert.Contains("\"metadata\": {}", written, StringComparison.Ordinal);
        Assert.Contains("\"outputs\": []", written, StringComparison.Ordinal);
        Assert.Contains("\"execution_count\": null", written, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over() =>
        Assert.Single(IpynbReader.Read(Encoding.UTF8.GetBytes($$"""{{'\ufeff'}}{"nbformat": 4, "cells": [{{Good}}]}"""), "n").Cells);

    [Fact]
    public void A_damaged_file_is_read_or_refused_in_one_line_and_never_breaks_the_reader()
    {
        var whole = NotebookFixtures.Bytes("jupyter.ipynb");
        Prop.ForAll(
            Gen.Choose(0, whole.Length - 1).Zip(Gen.Choose(0, 255)).ArrayOf(3).Zip(Gen.Choose(0, whole.Length)).ToArbitrary(),
            damage =>
            {
                var bytes = whole.ToArray();
                foreach (var (at, value) in damage.Item1)
                    bytes[at] = (byte)value;
                foreach (var file in (byte[][])[bytes, bytes[..damage.Item2]])
                {
                    try
                    {
                        var notebook = IpynbReader.Read(file, "n.ipynb");
                        IpynbReader.Read(IpynbWriter.Write(notebook), "again");
                    }
                    catch (CdeException refused)
                    {
                        Assert.StartsWith("n.ipynb", refused.Message, StringComparison.Ordinal);
                        Assert.DoesNotContain('\n', refused.Message);
                    }
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    private static string Refusal(string json) =>
        Assert.Throws<CdeException>(() => IpynbReader.Read(Encoding.UTF8.GetBytes(json), "n.ipynb")).Message;
}
