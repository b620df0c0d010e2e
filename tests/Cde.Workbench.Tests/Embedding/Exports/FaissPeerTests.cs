using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Cde.Testing;
using Cde.Workbench.Embedding;
using Cde.Workbench.Embedding.Exports;
using Cde.Workbench.Search;

namespace Cde.Workbench.Tests.Embedding.Exports;

/// <summary>FAISS itself reads what we write and writes what we read (Debian's python3-faiss).</summary>
public sealed class FaissPeerTests : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private const int Top = 10;
    private static readonly Lazy<bool> HasFaiss = new(() => File.Exists(Python) && Run("import faiss").ExitCode == 0);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("faiss")]
    [InlineData("faiss-l2")]
    public void Faiss_finds_in_our_index_what_exact_search_finds(string format)
    {
        Assert.SkipUnless(HasFaiss.Value, "no faiss in /usr/bin/python3 (Debian: apt install python3-faiss)");
        using var exported = new ExportedDocuments(500, 24, row => $"d{row}");
        using var unit = exported.Matrix.Truncate(24); // unit length: both metrics then have one order
        using var queries = TestMatrices.Random(20, 24, seed: 5, "q");
        VectorFolder.Write(VectorFolder.Format(format), _folder["out"], DocumentVectors.Join(unit, exported.Corpus));
        FaissFlatFile.Write(_folder["queries.faiss"], queries);

        var (_, output) = Run($"""
            import faiss, json, sys
            index = faiss.read_index(r"{_folder["out"]}/index.faiss")
            ids = [json.loads(line) for line in open(r"{_folder["out"]}/ids.jsonl", encoding="utf-8")]
            asked = faiss.read_index(r"{_folder["queries.faiss"]}")
            queries = asked.reconstruct_n(0, asked.ntotal)
            scores, rows = index.search(queries, {Top})
            print(json.dumps([index.metric_type, index.ntotal, index.is_trained, [[ids[row] for row in line] for line in rows], scores.tolist()]))
            """);

        var told = JsonDocument.Parse(output).RootElement;
        Assert.Equal(format == "faiss" ? 0 : 1, told[0].GetInt32());
        Assert.Equal((500, true), (told[1].GetInt32(), told[2].GetBoolean()));
        using var read = VectorFolder.Open(_folder["out"]);
        using var asked = EmbeddingMatrix.FromRows([.. queries.Ids], [.. Enumerable.Range(0, 20).SelectMany(row => queries[row].ToArray())], 24, unit.Provenance);
        var run = ExactSearch.Search(asked, read, Top);
        for (var query = 0; query < 20; query++)
        {
            var ours = run[$"q{query}"];
            Assert.Equal(ours.Select(document => document.DocumentId), told[3][query].EnumerateArray().Select(id => id.GetString()));
            var squared = queries[query].ToArray().Sum(value => (double)value * value);
            Assert.All(ours.Zip(told[4][query].EnumerateArray()), pair =>
                Assert.Equal(format == "faiss" ? pair.First.Score : squared + 1 - (2 * pair.First.Score), pair.Second.GetDouble(), 1e-4));
        }
    }

    [Theory]
    [InlineData("IndexFlatIP", FaissMetric.InnerProduct)]
    [InlineData("IndexFlatL2", FaissMetric.SquaredEuclidean)]
    public void We_read_what_faiss_writes(string kind, FaissMetric metric)
    {
        Assert.SkipUnless(HasFaiss.Value, "no faiss in /usr/bin/python3 (Debian: apt install python3-faiss)");

        var (_, output) = Run($"""
            import faiss, json, numpy
            vectors = numpy.random.default_rng(1).standard_normal((37, 11)).astype("float32")
            index = faiss.{kind}(11)
            index.add(vectors)
            faiss.write_index(index, r"{_folder["index.faiss"]}")
            print(json.dumps(vectors.astype(float).tolist()))
            """);

        using var read = FaissFlatFile.Open(_folder["index.faiss"]);
        Assert.Equal((metric, 11, 37), (read.Metric, read.Dimension, read.Count));
        var told = JsonDocument.Parse(output).RootElement;
        for (var row = 0; row < 37; row++)
            Assert.Equal(told[row].EnumerateArray().Select(value => (float)value.GetDouble()), read[row].ToArray());
        using (var copy = read.ToMatrix([.. Enumerable.Range(0, 37).Select(row => row.ToString(CultureInfo.InvariantCulture))], TestMatrices.Provenance))
            FaissFlatFile.Write(_folder["again.faiss"], copy, metric);
        Assert.Equal(File.ReadAllBytes(_folder["index.faiss"]), File.ReadAllBytes(_folder["again.faiss"]));
    }

    [Fact]
    public void An_index_that_is_not_flat_is_refused_by_its_kind()
    {
        Assert.SkipUnless(HasFaiss.Value, "no faiss in /usr/bin/python3 (Debian: apt install python3-faiss)");
        Run($"""
            import faiss, numpy
            index = faiss.IndexHNSWFlat(8, 4)
            index.add(numpy.random.default_rng(1).standard_normal((20, 8)).astype("float32"))
            faiss.write_index(index, r"{_folder["hnsw.faiss"]}")
            """);

        Assert.Contains("the index is of kind \"IHNf\"", Assert.Throws<CdeException>(() => FaissFlatFile.Open(_folder["hnsw.faiss"]).Dispose()).Message, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output) Run(string program)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", program]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0 || program == "import faiss", error.Result);
        return (process.ExitCode, output);
    }
}
