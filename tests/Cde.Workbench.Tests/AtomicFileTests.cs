using Cde.Testing;

namespace Cde.Workbench.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_over_a_file_replaces_it_and_leaves_nothing_else()
    {
        var path = _folder["a.txt"];
        AtomicFile.WriteAllText(path, "old");
        AtomicFile.WriteAllText(path, "new");
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Write_that_fails_half_way_leaves_the_old_file_and_nothing_else()
    {
        var path = _folder.Write("a.txt", "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw new InvalidOperationException("killed");
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Write_on_a_full_disk_says_so_in_one_line_and_leaves_the_old_file()
    {
        var path = _folder.Write("a.txt", "old");
        var failure = Assert.Throws<CdeException>(() => AtomicFile.Write(path, _ => throw new IOException("No space left on device")));
        Assert.StartsWith($"{path} could not be written: No space left on device;", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Equal("old", File.ReadAllText(path));
    }

    [Fact]
    public void Write_creates_the_folder()
    {
        var path = _folder["x", "y", "a.bin"];
        AtomicFile.WriteAllBytes(path, [1, 2, 3]);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
    }

    [Fact]
    public void Write_removes_what_a_killed_process_left_long_ago_and_nothing_newer()
    {
        var stale = _folder.Write(".a.txt.999999999-1.tmp", "half");
        var fresh = _folder.Write(".a.txt.999999998-1.tmp", "half");
        var other = _folder.Write(".b.txt.999999999-1.tmp", "half");
        File.SetLastWriteTimeUtc(stale, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        File.SetLastWriteTimeUtc(other, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        AtomicFile.WriteAllText(_folder["a.txt"], "new");
        Assert.False(File.Exists(stale));
        Assert.True(File.Exists(fresh));
        Assert.True(File.Exists(other));
    }

    [Fact]
    public void WriteDirectory_over_a_folder_replaces_it_whole()
    {
        var path = _folder["run"];
        AtomicFile.WriteDirectory(path, Fill("one", "old"), "manifest.json");
        AtomicFile.WriteDirectory(path, Fill("two", "new"), "manifest.json");
        Assert.Equal(["manifest.json", "two"], Directory.GetFiles(path).Select(Path.GetFileName).Order());
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void WriteDirectory_that_fails_leaves_the_old_folder_and_nothing_else()
    {
        var path = _folder["run"];
        AtomicFile.WriteDirectory(path, Fill("one", "old"), "manifest.json");
        Assert.Throws<CdeException>(() => AtomicFile.WriteDirectory(
            path,
            temporary =>
            {
                Fill("two", "new")(temporary);
                throw new IOException("No space left on device");
            },
            "manifest.json"));
        Assert.Equal("old", File.ReadAllText(Path.Combine(path, "one")));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void WriteDirectory_without_its_manifest_is_refused()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => AtomicFile.WriteDirectory(_folder["run"], _ => { }, "manifest.json"));
        Assert.Contains("manifest.json", failure.Message);
        Assert.False(Directory.Exists(_folder["run"]));
    }

    private static Action<string> Fill(string name, string text) => folder =>
    {
        File.WriteAllText(Path.Combine(folder, name), text);
        File.WriteAllText(Path.Combine(folder, "manifest.json"), "{}");
    };
}
