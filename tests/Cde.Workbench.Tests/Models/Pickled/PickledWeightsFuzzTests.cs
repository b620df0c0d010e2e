using Cde.Testing;
using Cde.Workbench.Models.Pickled;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Models.Pickled;

/// <summary>Damaged checkpoints: read or refused in one line, in memory bounded by the file.</summary>
public sealed class PickledWeightsFuzzTests : IDisposable
{
    /// <summary>Objects a byte of pickle may become, and what opening a file costs anyway; the longest answer to a one-byte value is its record on the stack and its share of a list's growth.</summary>
    private const long BytesForEachByte = 256, BytesAnyway = 200_000;

    private static readonly byte[][] Seeds = [.. new[] { "state.bin", "module.bin", "training.bin", "evil.bin" }.Select(name => File.ReadAllBytes(Path.Combine(TestFolders.Fixtures, "pickled", name)))];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Damaged_file_is_read_or_refused_within_its_own_size() =>
        Prop.ForAll(Damaged().ToArbitrary(), Survives).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));

    [Fact]
    public void Damaged_pickle_is_read_or_refused_within_its_own_size()
    {
        var pickles = Seeds.Select(Pickle).ToArray();
        Prop.ForAll(Damaged(pickles).ToArbitrary(), bytes => Bounded(bytes.Length, () => new PickleMachine("x.bin", bytes).Run())).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));
    }

    private bool Survives(byte[] bytes)
    {
        var path = folder["damaged.bin"];
        File.WriteAllBytes(path, bytes);
        return Bounded(bytes.Length, () =>
        {
            using var weights = PickledWeights.Open(path);
            foreach (var (name, entry) in weights.Entries)
                Assert.Equal(entry.Length, weights.Bytes(name).Length);
        });
    }

    private static bool Bounded(int length, Action read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            read();
        }
        catch (CdeException refusal)
        {
            Assert.DoesNotContain('\n', refusal.Message);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (length * BytesForEachByte) + BytesAnyway);
        return true;
    }

    /// <summary>Seeds with bytes changed, parts cut, doubled or replaced by other parts.</summary>
    private static Gen<byte[]> Damaged(byte[][]? seeds = null) =>
        from seed in Gen.Elements(seeds ?? Seeds)
        from kind in Gen.Choose(0, 3)
        from places in Gen.ArrayOf(Gen.Choose(0, seed.Length - 1), 6)
        from values in Gen.ArrayOf(Gen.Elements<byte>(0, 1, 2, 0x28, 0x2e, 0x68, 0x71, 0x72, 0x74, 0x7f, 0x80, 0x8a, 0xff, 0x52, 0x51, 0x75), 6)
        from count in Gen.Choose(1, 6)
        select Damage(seed, kind, places[..count], values);

    private static byte[] Damage(byte[] seed, int kind, int[] places, byte[] values)
    {
        var bytes = (byte[])seed.Clone();
        for (var i = 0; i < places.Length; i++)
            bytes[places[i]] = kind == 0 ? (byte)(bytes[places[i]] ^ (1 << (values[i] & 7))) : values[i];
        var (from, to) = (places.Min(), places.Max());
        return kind switch
        {
            2 => [.. bytes[..from], .. bytes[to..]],
            3 => [.. bytes[..to], .. bytes[from..]],
            _ => bytes,
        };
    }

    private static byte[] Pickle(byte[] archive)
    {
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(archive));
        using var stream = zip.Entries.First(entry => entry.Name == "data.pkl").Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
