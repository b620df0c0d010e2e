using System.Runtime.InteropServices;
using System.Text;

namespace Cde.Workbench.Corpora;

/// <summary>
/// Where the documents of a JSONL file start, and their positions by the hash of their ids. Layout: a key that ties the index to the file's size,
/// time and sampled content, the corpus hash, the count, then arrays of offsets (8 bytes a document), sorted id hashes (8) and
/// positions (4). It is written atomically, so it is whole or absent.
/// </summary>
internal sealed class JsonlIndex : IDisposable
{
    private const string FormatVersion = "cde-jsonl-index 1";
    private const int HashLength = 64; // hexadecimal digits
    private const int HeaderLength = HashLength + HashLength + sizeof(long);

    private readonly MappedFile? _file;
    private readonly byte[]? _memory;

    private JsonlIndex(MappedFile? file, byte[]? memory)
    {
        _file = file;
        _memory = memory;
        CorpusHash = Encoding.ASCII.GetString(Slice(HashLength, HashLength));
        Count = checked((int)MemoryMarshal.Read<long>(Slice(2 * HashLength, sizeof(long))));
    }

    public string CorpusHash { get; }

    public int Count { get; }

    /// <summary>Where a document's line starts.</summary>
    public long Offset(int index) => MemoryMarshal.Read<long>(Slice(HeaderLength + ((long)index * sizeof(long)), sizeof(long)));

    /// <summary>The positions of documents whose ids have the hash of this one: nearly always none or one.</summary>
    public IEnumerable<int> Candidates(string id)
    {
        var wanted = HashId(id);
        var low = 0;
        var high = Count;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (IdHash(middle) < wanted)
                low = middle + 1;
            else
                high = middle;
        }

        for (; low < Count && IdHash(low) == wanted; low++)
            yield return MemoryMarshal.Read<int>(Slice(HeaderLength + (16L * Count) + (low * (long)sizeof(int)), sizeof(int)));
    }

    /// <summary>The index of a file: the stored one where it fits, else a new one, stored where that is possible.</summary>
    public static JsonlIndex OpenOrBuild(MappedFile file, EmptyTexts emptyTexts, IProgress<WorkProgress>? progress, CancellationToken ct)
    {
        var key = Key(file, emptyTexts);
        string[] places = [file.Path + ".index", Path.Combine(UserFolders.Cache, "indexes", $"{ContentHash.Short(key)}.index")];
        foreach (var place in places)
        {
            if (TryOpen(place, key) is { } stored)
                return stored;
        }

        var built = JsonlIndexBuilder.Build(file, emptyTexts, progress, ct);
        foreach (var place in places)
        {
            try
            {
                AtomicFile.Write(place, stream => built.Write(stream, key));
                if (TryOpen(place, key) is { } stored)
                    return stored;
            }
            catch (CdeException)
            {
                // The folder cannot be written: the next place, and memory at last, serve as well.
            }
        }

        using var memory = new MemoryStream();
        built.Write(memory, key);
        return new JsonlIndex(null, memory.ToArray());
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>The first eight bytes of an id's SHA-256, as a number to sort by.</summary>
    public static ulong HashId(string id) => MemoryMarshal.Read<ulong>(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    /// <summary>Writes an index: what the builder found, in the layout above.</summary>
    public static void Write(Stream stream, string key, string corpusHash, List<long> offsets, ulong[] idHashes, int[] positions)
    {
        stream.Write(Encoding.ASCII.GetBytes(key + corpusHash));
        stream.Write(BitConverter.GetBytes((long)offsets.Count));
        stream.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(offsets)));
        stream.Write(MemoryMarshal.AsBytes<ulong>(idHashes));
        stream.Write(MemoryMarshal.AsBytes<int>(positions));
    }

    private static JsonlIndex? TryOpen(string path, string key)
    {
        if (!File.Exists(path))
            return null;
        MappedFile? file = null;
        try
        {
            file = MappedFile.Open(path);
            if (file.Length >= HeaderLength && file.Slice(0, HashLength).SequenceEqual(Encoding.ASCII.GetBytes(key)))
            {
                var index = new JsonlIndex(file, null);
                if (file.Length == HeaderLength + (20L * index.Count))
                    return index;
            }
        }
        catch (Exception failure) when (failure is CdeException or OverflowException)
        {
            // A damaged index is built again.
        }

        file?.Dispose();
        return null;
    }

    // Size, time and 64 samples of 4 KiB: hashing a large file whole would take longer than using it.
    private static string Key(MappedFile file, EmptyTexts emptyTexts)
    {
        const int Samples = 64;
        const int SampleBytes = 4096;
        using var key = ContentHash.Build()
            .Add(FormatVersion).Add(emptyTexts.ToString()).Add(file.Length).Add(File.GetLastWriteTimeUtc(file.Path).Ticks);
        for (var sample = 0; sample < Samples && file.Length > 0; sample++)
        {
            var start = (long)((Int128)Math.Max(0, file.Length - SampleBytes) * sample / (Samples - 1));
            key.Add(file.Slice(start, (int)Math.Min(SampleBytes, file.Length - start)));
        }

        return key.ToHash();
    }

    private ulong IdHash(int rank) => MemoryMarshal.Read<ulong>(Slice(HeaderLength + (8L * Count) + (rank * (long)sizeof(ulong)), sizeof(ulong)));

    private ReadOnlySpan<byte> Slice(long offset, int count) => _file is not null ? _file.Slice(offset, count) : _memory.AsSpan((int)offset, count);
}
