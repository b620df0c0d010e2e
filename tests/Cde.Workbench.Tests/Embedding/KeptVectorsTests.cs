using Cde.Testing;
using Cde.Workbench.Embedding;

namespace Cde.Workbench.Tests.Embedding;

public sealed class KeptVectorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private EmbeddingCache Cache => new(_folder["cache"]);

    [Fact]
    public void Read_gives_what_runs_added_and_nothing_else()
    {
        Kept().Add([("a", [1, 2]), ("b", [3, 4])]);
        Kept().Add([("b", [9, 9]), ("c", [5, 6])]);
        var found = Read("a", "b", "c", "d");
        Assert.Equal(["a", "b", "c"], found.Keys.Order());
        Assert.Equal([3f, 4f], found["b"]);
        Assert.Equal([5f, 6f], found["c"]);
    }

    [Fact]
    public void Add_above_the_limit_the_oldest_go()
    {
        for (var i = 0; i < 5; i++)
            Kept(maxBytes: 3 * 2 * sizeof(float)).Add([($"{i}", [i, i])]);
        Assert.Equal(["2", "3", "4"], Read("0", "1", "2", "3", "4").Keys.Order());
    }

    [Fact]
    public void Read_damaged_entry_is_as_none_and_is_made_again()
    {
        Kept().Add([("a", [1, 2])]);
        var file = Directory.GetFiles(_folder["cache"], "matrix.safetensors", SearchOption.AllDirectories).Single();
        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
        Assert.Empty(Read("a"));
        Kept().Add([("b", [3, 4])]);
        Assert.Equal(["b"], Read("a", "b").Keys);
    }

    [Fact]
    public async Task Add_from_several_threads_loses_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => Kept().Add([($"{i}", [i, i])]), TestContext.Current.CancellationToken)));
        Assert.Equal(6, Read([.. Enumerable.Range(0, 6).Select(i => $"{i}")]).Count);
    }

    public void Dispose() => _folder.Dispose();

    private KeptVectors Kept(long maxBytes = KeptVectors.MaxBytes) => new(Cache, KeptVectors.Describe(StandInEncoder.Contextual()), maxBytes);

    private Dictionary<string, float[]> Read(params string[] keys) => Kept().Read(keys.ToHashSet(), TestContext.Current.CancellationToken);
}
