using Cde.Testing;

namespace Cde.Workbench.Tests;

public sealed class MappedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Slices_are_the_file_and_never_reach_beyond_it()
    {
        using var file = MappedFile.Open(_folder.Write("a", "0123456789"));
        Assert.Equal(10, file.Length);
        Assert.Equal("345"u8, file.Slice(3, 3));
        Assert.True(file.Slice(10, 0).IsEmpty);
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Slice(8, 3).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Slice(-1, 1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Slice(long.MaxValue, 1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Slice(0, -1).Length);
    }

    [Fact]
    public void Empty_file_maps_and_a_missing_one_is_named()
    {
        using var file = MappedFile.Open(_folder.Write("a", ""));
        Assert.True(file.Slice(0, 0).IsEmpty);
        Assert.Equal($"{_folder["b"]} does not exist", Assert.Throws<CdeException>(() => MappedFile.Open(_folder["b"])).Message);
    }

    [Fact]
    public void Disposed_file_is_not_read()
    {
        var file = MappedFile.Open(_folder.Write("a", "x"));
        file.Dispose();
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => file.Slice(0, 1).Length);
    }

    [Fact]
    public void File_can_be_replaced_while_it_is_mapped()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps a mapped file's name");
        var path = _folder.Write("a", "old");
        using var file = MappedFile.Open(path);
        AtomicFile.WriteAllText(path, "new");
        Assert.Equal("old"u8, file.Slice(0, 3));
    }
}
