using System.Diagnostics;
using System.Text.Json;
using Cde.Testing;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;

namespace Cde.Workbench.Tests.Embedding;

/// <summary>Memory does not grow with the corpus: the bound is that of <see cref="ITextEmbedder"/>'s remarks.</summary>
[Collection(LiveTensors.Name)]
public sealed class BoundedMemoryTests(ITestOutputHelper output)
{
    /// <summary>What the runtime may add, in bytes: garbage that is not collected yet, code, the allocator's own.</summary>
    private const long Garbage = 128L << 20;

    [Fact]
    public async Task EmbedAsync_50000_documents_stays_within_the_bound_that_holding_the_vectors_would_break()
    {
        using var corpus = new GeneratedCorpus(50_000);
        var run = await Measure(corpus, new StandInEncoder { Dimension = 1536 }, new EmbedOptions { WindowTexts = 1024 });
        Assert.True(run.Bound < 0.6 * run.VectorBytes, "the bound must be one that an unbounded run breaks");
        Assert.InRange(run.PeakGrowth, 0, run.Bound);
        Assert.InRange(run.LeftOver, long.MinValue, Garbage);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task EmbedAsync_1000000_documents_stays_within_the_bound()
    {
        using var folder = new TemporaryFolder();
        using var generated = new GeneratedCorpus(1_000_000);
        var path = folder["corpus.jsonl"];
        File.WriteAllLines(path, generated.Select(document => JsonSerializer.Serialize(new { _id = document.Id, text = document.Text })));
        using var corpus = JsonlCorpus.Open(path);
        var run = await Measure(corpus, new StandInEncoder { Dimension = 384 }, new EmbedOptions());
        Assert.InRange(run.PeakGrowth, 0, run.Bound + CorpusPages(path));
    }

    /// <summary>Mapped pages count as resident until somebody else needs the room.</summary>
    private static long CorpusPages(string path) => new FileInfo(path).Length + new FileInfo(path + ".index").Length;

    private async Task<Run> Measure(Corpus corpus, StandInEncoder encoder, EmbedOptions options)
    {
        ProcessMemory.RequireLinux();
        using var folder = new TemporaryFolder();
        options = options with { Cache = new EmbeddingCache(folder["cache"]) };
        using (var embedder = new TextEmbedder(encoder))
            (await embedder.EmbedAsync([new Query("warm-up", "loads what is loaded once")])).Dispose();
        var tensors = LiveTensors.Settled;
        ProcessMemory.ForgetPeak();
        var (before, anonymousBefore) = (ProcessMemory.Resident, ProcessMemory.Anonymous);
        var anonymous = 0L;
        var clock = Stopwatch.StartNew();
        var progress = new ProgressSink(_ => anonymous = Math.Max(anonymous, ProcessMemory.Anonymous));
        using (var embedder = new TextEmbedder(encoder))
        using (var matrix = await embedder.EmbedAsync(corpus, options, progress))
        {
            Assert.Equal(corpus.Count, matrix.Count);
            Assert.Equal(corpus.GetId(corpus.Count - 1), matrix.Ids[corpus.Count - 1]);
        }

        clock.Stop();
        var peak = ProcessMemory.Peak - before;
        ProcessMemory.ForgetPeak();
        Assert.Equal(tensors, LiveTensors.Count);
        const int characters = 80; // at most, by GeneratedCorpus.Text
        const int tokens = 16; // at most, with prompt and special tokens
        var window = Math.Min(options.WindowTexts, corpus.Count);
        var bound = window * ((4L * characters) + (12 * tokens) + (4 * encoder.Dimension)) + (16L * encoder.Dimension * options.MaxBatchTexts) + Garbage;
        var run = new Run(peak, bound, (long)sizeof(float) * encoder.Dimension * corpus.Count, ProcessMemory.Anonymous - anonymousBefore);
        output.WriteLine(
            $"{corpus.Count} documents x {encoder.Dimension} in {clock.Elapsed.TotalSeconds:F0} s: peak +{run.PeakGrowth >> 20} MiB (anonymous +{(anonymous - anonymousBefore) >> 20}), "
            + $"bound {run.Bound >> 20} MiB, vectors {run.VectorBytes >> 20} MiB, left over {run.LeftOver >> 20} MiB");
        return run;
    }

    private readonly record struct Run(long PeakGrowth, long Bound, long VectorBytes, long LeftOver);

    private sealed class ProgressSink(Action<WorkProgress> report) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => report(value);
    }
}
