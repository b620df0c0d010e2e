using Cde.Testing;
using Cde.Workbench.Embedding.Exports;

namespace Cde.Workbench.Tests.Embedding.Exports;

public sealed class VectorFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Formats => [.. VectorFolder.Formats.Select(format => format.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void Vectors_ids_and_provenance_come_back_bit_by_bit(string format)
    {
        using var exported = new ExportedDocuments();
        VectorFolder.Write(VectorFolder.Format(format), _folder["out"], exported.Documents);

        using var read = VectorFolder.Open(_folder["out"]);

        exported.AssertSame(read);
        Assert.Equal([.. VectorFolder.Format(format).Files.Append(VectorManifest.FileName).Order()], Directory.GetFiles(_folder["out"]).Select(file => Path.GetFileName(file)!).Order());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void One_document_and_none_come_back(string format)
    {
        foreach (var count in (int[])[0, 1])
        {
            using var exported = new ExportedDocuments(count, dimension: 1);
            VectorFolder.Write(VectorFolder.Format(format), _folder["out"], exported.Documents);

            using var read = VectorFolder.Open(_folder["out"]);

            exported.AssertSame(read);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_cut_or_missing_file_is_named(string format)
    {
        using var exported = new ExportedDocuments();
        VectorFolder.Write(VectorFolder.Format(format), _folder["out"], exported.Documents);
        foreach (var name in VectorFolder.Format(format).Files)
        {
            var (path, whole) = (_folder["out", name], File.ReadAllBytes(_folder["out", name]));
            File.WriteAllBytes(path, whole[..^1]);
            Assert.Contains($"{name} has {whole.Length - 1} bytes (export.json says {whole.Length})", Refused(), StringComparison.Ordinal);
            File.Delete(path);
            Assert.Contains($"{name} is missing", Refused(), StringComparison.Ordinal);
            File.WriteAllBytes(path, whole);
        }
    }

    [Theory]
    [InlineData("csv", "vectors.csv", "-0.", "nan", "is not a finite number")]
    [InlineData("projector", "vectors.tsv", "\t", ";", "numbers (expected 5)")]
    [InlineData("faiss", "ids.jsonl", "\"", "'", "not a JSON text")]
    public void A_changed_field_of_the_same_size_is_named_by_line(string format, string name, string from, string to, string expected)
    {
        using var exported = new ExportedDocuments();
        VectorFolder.Write(VectorFolder.Format(format), _folder["out"], exported.Documents);
        var text = File.ReadAllText(_folder["out", name]);
        var at = text.LastIndexOf(from, StringComparison.Ordinal);
        File.WriteAllText(_folder["out", name], text[..at] + to + text[(at + from.Length)..]);

        Assert.Matches($@"{name} line \d+.*{System.Text.RegularExpressions.Regex.Escape(expected)}", Refused());
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("projector")]
    public void Ids_that_a_line_cannot_hold_are_refused_and_nothing_is_written(string format)
    {
        using var exported = new ExportedDocuments(id: row => $"d{row}\t");

        var error = Assert.Throws<CdeException>(() => VectorFolder.Write(VectorFolder.Format(format), _folder["out"], exported.Documents));

        Assert.Contains("the id of row 0 has a tab or a line break", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Fact]
    public void A_folder_with_other_files_is_left_alone_and_an_export_is_replaced()
    {
        using var exported = new ExportedDocuments();
        _folder.Write("home/letter.txt", "dear");
        Assert.Contains("holds files that are no export", Assert.Throws<CdeException>(() => VectorFolder.Write(VectorFolder.Format("csv"), _folder["home"], exported.Documents)).Message, StringComparison.Ordinal);
        Assert.Equal("dear", File.ReadAllText(_folder["home", "letter.txt"]));

        VectorFolder.Write(VectorFolder.Format("csv"), _folder["out"], exported.Documents);
        VectorFolder.Write(VectorFolder.Format("faiss"), _folder["out"], exported.Documents);

        Assert.False(File.Exists(_folder["out", "vectors.csv"]));
    }

    [Fact]
    public void A_folder_that_is_no_export_is_named()
    {
        Directory.CreateDirectory(_folder["out"]);
        Assert.Contains("has no export.json", Refused(), StringComparison.Ordinal);
        _folder.Write("out/export.json", "{}");
        Assert.Contains("field \"layout\" is missing", Refused(), StringComparison.Ordinal);
        _folder.Write("out/export.json", "{");
        Assert.Contains("cannot be read", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_and_projector_files_read_as_other_programs_do()
    {
        using var exported = new ExportedDocuments(2, 3, row => $"d{row}");
        VectorFolder.Write(VectorFolder.Format("csv"), _folder["csv"], exported.Documents);
        VectorFolder.Write(VectorFolder.Format("projector"), _folder["projector"], exported.Documents);

        Assert.StartsWith("id,text,v0,v1,v2\nd0,\"A title line one,\r\n\"\"line\ttwo\"\" of 0\u2028end\",", File.ReadAllText(_folder["csv", "vectors.csv"]), StringComparison.Ordinal);
        Assert.Equal("id\ttext\nd0\tA title line one, \"line two\" of 0 end\nd1\tA title line one, \"line two\" of 1 end\n", File.ReadAllText(_folder["projector", "metadata.tsv"]));
        Assert.All(File.ReadAllLines(_folder["projector", "vectors.tsv"]), line => Assert.Equal(3, line.Split('\t').Length));
    }

    private string Refused() => Assert.Throws<CdeException>(() => VectorFolder.Open(_folder["out"]).Dispose()).Message;
}
