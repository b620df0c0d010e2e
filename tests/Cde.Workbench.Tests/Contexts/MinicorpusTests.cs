using Cde.Workbench.Contexts;
using Cde.Workbench.Corpora;

namespace Cde.Workbench.Tests.Contexts;

public sealed class MinicorpusTests
{
    [Fact]
    public void Sample_reads_the_chosen_documents_in_order()
    {
        using var corpus = new MemoryCorpus("letters", "abcdefgh".Select(letter => new Document($"{letter}", $"text {letter}")));
        var minicorpus = Minicorpus.Sample(corpus, new RandomSampler(), 3, seed: 1);
        Assert.Same(corpus, minicorpus.Source);
        Assert.Equal(minicorpus.Rows.Select(row => corpus[row]), minicorpus.Documents);
        Assert.Equal(("random", 1L, 3), (minicorpus.Sampler, minicorpus.Seed, minicorpus.Size));
    }

    [Fact]
    public void Sample_random_strings_needs_no_corpus()
    {
        var minicorpus = Minicorpus.Sample(null, new RandomStringsSampler(), 3, seed: 1);
        Assert.Equal(["string-0", "string-1", "string-2"], minicorpus.Documents.Select(document => document.Id));
        Assert.Equal("random strings, seed 1", minicorpus.Source.Name);
    }

    [Fact]
    public void Sample_random_without_documents_is_refused()
    {
        using var empty = new MemoryCorpus("nothing", []);
        Assert.Contains("needs a corpus", Assert.Throws<CdeException>(() => Minicorpus.Sample(null, new RandomSampler(), 3, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("corpus nothing has no documents", Assert.Throws<CdeException>(() => Minicorpus.Sample(empty, new RandomSampler(), 3, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Get_unknown_sampler_offers_the_nearest() => Assert.Contains(
        "did you mean random",
        Assert.Throws<CdeException>(() => MinicorpusSamplers.Get("randon")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Get_finds_every_sampler_by_its_name() =>
        Assert.All(MinicorpusSamplers.Names.Where(name => !MinicorpusSamplers.NeedsVectors(name)), name => Assert.Equal(name, MinicorpusSamplers.Get(name).Name));
}
