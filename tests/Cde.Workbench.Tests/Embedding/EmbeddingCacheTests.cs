using Cde.Testing;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;

namespace Cde.Workbench.Tests.Embedding;

public sealed class EmbeddingCacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MemoryCorpus _corpus = new(
        "cached", TextEmbedderTests.Texts(100).Select((text, row) => new Document($"d{row}", text)));

    private EmbedOptions Options => new() { Cache = new EmbeddingCache(_folder["cache"]), MaxBatchTexts = 4, WindowTexts = 32 };

    [Fact]
    public async Task EmbedAsync_second_run_encodes_nothing_and_gives_the_same_matrix()
    {
        using var first = await Run(new StandInEncoder());
        var encoder = new StandInEncoder();
        using var second = await Run(encoder);
        Assert.Equal(0, encoder.Batches);
        AssertSame(first, second);
        using var uncached = await Run(encoder, Options with { Cache = null });
        AssertSame(uncached, second);
    }

    public static TheoryData<string> Identities => ["model", "prompt", "precision", "length", "batching", "corpus", "context"];

    [Theory]
    [MemberData(nameof(Identities))]
    public void EntryFolder_differs_where_anything_that_vectors_depend_on_differs(string part)
    {
        var cache = new EmbeddingCache(_folder["cache"]);
        var p = TestMatrices.Provenance;
        var other = part switch
        {
            "model" => p with { ModelHash = "x" },
            "prompt" => p with { PromptText = "x" },
            "precision" => p with { Precision = "bfloat16" },
            "length" => p with { MaxTokens = 1 },
            "batching" => p with { Batching = "x" },
            "corpus" => p with { CorpusHash = "x" },
            _ => p with { ContextHash = "x" },
        };
        Assert.NotEqual(cache.EntryFolder(p), cache.EntryFolder(other));
        Assert.Equal(cache.EntryFolder(p), cache.EntryFolder(p with { ModelName = "renamed", CorpusName = "renamed" }));
    }

    [Theory]
    [InlineData("a bit flipped")]
    [InlineData("cut short")]
    [InlineData("manifest garbled")]
    [InlineData("manifest of another kind")]
    [InlineData("manifest gone")]
    [InlineData("matrix gone")]
    public async Task EmbedAsync_damaged_entry_is_made_again(string damage)
    {
        using var first = await Run(new StandInEncoder());
        var entry = new EmbeddingCache(_folder["cache"]).EntryFolder(first.Provenance);
        var (matrix, manifest) = (Path.Combine(entry, "matrix.safetensors"), Path.Combine(entry, "manifest.json"));
        var bytes = File.ReadAllBytes(matrix);
        File.Delete(matrix); // what is mapped stays as it was
        bytes[^300] ^= 1;
        File.WriteAllBytes(matrix, damage == "cut short" ? bytes[..^9] : bytes);
        if (damage == "manifest garbled")
            File.WriteAllText(manifest, "{");
        if (damage == "manifest of another kind")
            File.WriteAllText(manifest, "[1]");
        if (damage == "manifest gone")
            File.Delete(manifest);
        if (damage == "matrix gone")
            File.Delete(matrix);
        var encoder = new StandInEncoder();
        using var second = await Run(encoder);
        Assert.Equal(100, encoder.Texts);
        AssertSame(first, second);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)] // the end of the first window
    [InlineData(9)]
    [InlineData(24)]
    [InlineData(25)] // the last batch
    public async Task EmbedAsync_cancelled_run_resumes_without_losing_a_batch(int batch)
    {
        using var stop = new CancellationTokenSource();
        var interrupted = new StandInEncoder { BeforeBatch = number => { if (number == batch) stop.Cancel(); } };
        if (batch < 25)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(interrupted, cancellationToken: stop.Token));
        else
            (await Run(interrupted, cancellationToken: stop.Token)).Dispose();
        var encoder = new StandInEncoder();
        using var resumed = await Run(encoder);
        Assert.Equal(25 - batch, encoder.Batches);
        using var uncached = await Run(new StandInEncoder(), Options with { Cache = null });
        AssertSame(uncached, resumed);
        Assert.False(File.Exists(JournalOf(resumed)));
    }

    [Fact]
    public async Task EmbedAsync_failing_encoder_loses_nothing_either()
    {
        var failing = new StandInEncoder { BeforeBatch = number => { if (number == 13) throw new InvalidOperationException("out of memory"); } };
        await Assert.ThrowsAsync<InvalidOperationException>(() => Run(failing));
        var encoder = new StandInEncoder();
        using var resumed = await Run(encoder);
        Assert.Equal(25 - 12, encoder.Batches);
    }

    [Fact]
    public async Task EmbedAsync_killed_run_resumes_from_its_last_checkpoint()
    {
        // Copies the cache in the middle of a run, as a kill would leave it.
        var copying = new StandInEncoder
        {
            BeforeBatch = number =>
            {
                if (number == 20)
                    CopyFolder(_folder["cache"], _folder["killed"]);
            },
        };
        using var whole = await Run(copying, Options with { CheckpointInterval = TimeSpan.Zero });
        var encoder = new StandInEncoder();
        using var resumed = await Run(encoder, Options with { Cache = new EmbeddingCache(_folder["killed"]) });
        Assert.Equal(25 - 19, encoder.Batches);
        AssertSame(whole, resumed);
    }

    [Theory]
    [InlineData("journal cut in a line", 25 - 15)] // the line of batch 16 goes
    [InlineData("finished window damaged", 25)]
    [InlineData("unfinished window damaged", 25 - 8)]
    [InlineData("journal of another run", 25)]
    [InlineData("partial file gone", 25)]
    public async Task EmbedAsync_damaged_remains_are_made_again_from_there(string damage, int expectedBatches)
    {
        using var stop = new CancellationTokenSource();
        var interrupted = new StandInEncoder { BeforeBatch = number => { if (number == 15) stop.Cancel(); } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(interrupted, Options with { CheckpointInterval = TimeSpan.Zero }, stop.Token));
        var journal = Directory.GetFiles(_folder["cache"], "*.journal", SearchOption.AllDirectories).Single();
        var partial = Path.ChangeExtension(journal, ".partial");
        var text = File.ReadAllText(journal);
        var rowsAt = long.Parse(text.Split('\n')[0].Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture);
        switch (damage)
        {
            case "journal cut in a line":
                File.WriteAllText(journal, text + "32 32 8 abc");
                break;
            case "finished window damaged":
                Flip(partial, rowsAt);
                break;
            case "unfinished window damaged":
                Flip(partial, rowsAt + (32 * 8 * 4));
                break;
            case "journal of another run":
                File.WriteAllText(journal, text.Replace("-1 ", "-2 ", StringComparison.Ordinal));
                break;
            default:
                File.Delete(partial);
                break;
        }

        var encoder = new StandInEncoder();
        using var resumed = await Run(encoder);
        Assert.Equal(expectedBatches, encoder.Batches);
        using var uncached = await Run(new StandInEncoder(), Options with { Cache = null });
        AssertSame(uncached, resumed);
    }

    [Fact]
    public async Task EmbedAsync_two_runs_of_the_same_at_once_encode_it_once()
    {
        var encoders = new[] { new StandInEncoder(), new StandInEncoder() };
        var runs = encoders.Select(encoder => Run(encoder)).ToArray();
        await Task.WhenAll(runs);
        Assert.Equal(100, encoders.Sum(encoder => encoder.Texts));
        AssertSame(await runs[0], await runs[1]);
        foreach (var run in runs)
            (await run).Dispose();
    }

    [Fact]
    public async Task EmbedAsync_full_disk_is_told_with_the_way_out_and_resumes_after_it()
    {
        var full = new StandInEncoder { BeforeBatch = number => { if (number == 13) throw new IOException("No space left on device"); } };
        var failure = await Assert.ThrowsAsync<CdeException>(() => Run(full));
        Assert.Contains("could not be written: No space left on device; free some space or set CDE_CACHE", failure.Message, StringComparison.Ordinal);
        var encoder = new StandInEncoder();
        using var resumed = await Run(encoder);
        Assert.Equal(25 - 12, encoder.Batches);
    }

    [Fact]
    public void Default_lies_in_the_users_cache() =>
        Assert.Equal(Path.Combine(UserFolders.Cache, "embeddings"), EmbeddingCache.Default.Folder);

    [Fact]
    public async Task EmbedAsync_cache_that_cannot_be_written_is_told_with_the_way_out()
    {
        var cache = new EmbeddingCache(_folder.Write("file", ""));
        var failure = await Assert.ThrowsAsync<CdeException>(() => Run(new StandInEncoder(), Options with { Cache = cache }));
        Assert.Contains("could not be written", failure.Message, StringComparison.Ordinal);
        Assert.Contains("CDE_CACHE", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _corpus.Dispose();
        _folder.Dispose();
    }

    private async Task<EmbeddingMatrix> Run(StandInEncoder encoder, EmbedOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var embedder = new TextEmbedder(encoder);
        return await embedder.EmbedAsync(_corpus, options ?? Options, cancellationToken: cancellationToken);
    }

    private string JournalOf(EmbeddingMatrix matrix) =>
        Path.Combine(new EmbeddingCache(_folder["cache"]).EntryFolder(matrix.Provenance), "matrix.safetensors.journal");

    private static void AssertSame(EmbeddingMatrix expected, EmbeddingMatrix actual)
    {
        Assert.Equal(expected.Ids, actual.Ids);
        Assert.Equal(expected.Rows(0, expected.Count).ToArray(), actual.Rows(0, actual.Count).ToArray());
        Assert.Equal(expected.Provenance, actual.Provenance);
    }

    private static void Flip(string path, long offset)
    {
        using var stream = File.Open(path, FileMode.Open);
        stream.Position = offset;
        var value = stream.ReadByte();
        stream.Position = offset;
        stream.WriteByte((byte)(value ^ 1));
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock"))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = File.Create(target);
            source.CopyTo(copy);
        }
    }
}
