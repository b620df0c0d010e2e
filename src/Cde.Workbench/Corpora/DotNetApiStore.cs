using System.Security.Cryptography;
using System.Text;

namespace Cde.Workbench.Corpora;

/// <summary>
/// The parsed corpus in one array of bytes, which is also the cache file: a table of assemblies, a block for each, and the SHA-256 of all that at
/// the end. A block becomes documents when its assembly is asked for.
/// </summary>
internal sealed class DotNetApiStore
{
    /// <summary>Part of the cache's name: raised whenever documents or their form change.</summary>
    public const string FormatVersion = "dotnet-api 1";

    private readonly int _blocksStart;

    private DotNetApiStore(byte[] bytes)
    {
        Bytes = bytes;
        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
        if (reader.ReadString() != FormatVersion)
            throw new InvalidDataException("another format");
        Assemblies = [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => new Place(
            reader.ReadString(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadString(), reader.ReadString()))];
        _blocksStart = (int)reader.BaseStream.Position;
    }

    /// <summary>Where an assembly's block lies and what is in it; offsets count from the first block.</summary>
    public sealed record Place(string Assembly, int Offset, int Length, int DocumentCount, int QueryCount, string CorpusHash, string BlockHash);

    /// <summary>The whole.</summary>
    public byte[] Bytes { get; }

    /// <summary>The assemblies.</summary>
    public IReadOnlyList<Place> Assemblies { get; }

    /// <summary>The store of these blocks.</summary>
    public static DotNetApiStore Of(IReadOnlyList<DotNetApiBlock> blocks)
    {
        var encoded = blocks.AsParallel().AsOrdered().Select(block => (block, bytes: Encode(block), hash: CorpusHash.Of(block.Documents))).ToList();
        using var all = new MemoryStream();
        using (var writer = new BinaryWriter(all, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(FormatVersion);
            writer.Write(encoded.Count);
            var offset = 0;
            foreach (var (block, bytes, hash) in encoded)
            {
                writer.Write(block.Assembly);
                writer.Write(offset);
                writer.Write(bytes.Length);
                writer.Write(block.Documents.Count);
                writer.Write(block.Queries.Count);
                writer.Write(hash);
                writer.Write(ContentHash.OfBytes(bytes));
                offset += bytes.Length;
            }

            foreach (var (_, bytes, _) in encoded)
                writer.Write(bytes);
        }

        all.Write(SHA256.HashData(all.GetBuffer().AsSpan(0, (int)all.Length)));
        return new DotNetApiStore(all.ToArray());
    }

    /// <summary>The store in a cache file; null where there is none or it is damaged.</summary>
    public static DotNetApiStore? TryRead(string path)
    {
        try
        {
            var bytes = File.Exists(path) ? File.ReadAllBytes(path) : [];
            var body = bytes.Length - SHA256.HashSizeInBytes;
            return body > 0 && SHA256.HashData(bytes.AsSpan(0, body)).AsSpan().SequenceEqual(bytes.AsSpan(body)) ? new DotNetApiStore(bytes) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>An assembly's documents and queries.</summary>
    public DotNetApiBlock Decode(Place place)
    {
        using var reader = new BinaryReader(new MemoryStream(Bytes, _blocksStart + place.Offset, place.Length, writable: false), Encoding.UTF8);
        var queries = new string[place.QueryCount];
        for (var index = 0; index < queries.Length; index++)
            queries[index] = reader.ReadString();
        var documents = new Document[place.DocumentCount];
        var queryOfDocument = new int[place.DocumentCount];
        for (var index = 0; index < documents.Length; index++)
        {
            var id = reader.ReadString();
            var title = reader.ReadString();
            documents[index] = new Document(id, reader.ReadString(), title);
            queryOfDocument[index] = reader.Read7BitEncodedInt();
        }

        return new DotNetApiBlock(place.Assembly, documents, queries, queryOfDocument);
    }

    private static byte[] Encode(DotNetApiBlock block)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        foreach (var query in block.Queries)
            writer.Write(query);
        for (var index = 0; index < block.Documents.Count; index++)
        {
            var document = block.Documents[index];
            writer.Write(document.Id);
            writer.Write(document.Title ?? "");
            writer.Write(document.Text);
            writer.Write7BitEncodedInt(block.QueryOfDocument[index]);
        }

        return bytes.ToArray();
    }
}
