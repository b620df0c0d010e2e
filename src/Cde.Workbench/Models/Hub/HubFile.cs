using System.Security.Cryptography;
using System.Text;

namespace Cde.Workbench.Models.Hub;

/// <summary>A file of a model on a hub.</summary>
/// <param name="Path">Its path within the model, with slashes.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">The SHA-256 of its content, for large files.</param>
/// <param name="GitOid">The git object id of its content (SHA-1 over <c>blob size NUL content</c>), for small files.</param>
internal sealed record HubFile(string Path, long Size, string? Sha256, string? GitOid)
{
    /// <summary>What the content is called in the cache: its hash.</summary>
    public string BlobName => (Sha256 ?? GitOid)!;

    /// <summary>Whether a file on disk has this content.</summary>
    public bool Matches(string path)
    {
        if (new FileInfo(path).Length != Size)
            return false;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
        if (Sha256 is not null)
            return Convert.ToHexStringLower(SHA256.HashData(stream)) == Sha256;
#pragma warning disable CA5350 // git names objects by SHA-1; nothing here rests on it being hard to forge
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
#pragma warning restore CA5350
        hash.AppendData(Encoding.ASCII.GetBytes($"blob {Size}\0"));
        var buffer = new byte[1 << 16];
        for (int read; (read = stream.Read(buffer)) > 0;)
            hash.AppendData(buffer.AsSpan(0, read));
        return Convert.ToHexStringLower(hash.GetHashAndReset()) == GitOid;
    }

    /// <summary>Refuses paths that would leave the model's folder.</summary>
    public static string CheckPath(string repository, string path)
    {
        var parts = path.Split('/');
        var isPlain = path.Length is > 0 and < 1024 && !path.AsSpan().ContainsAny("\\:\0\r\n") && parts.All(part => part is not ("" or "." or ".."));
        return isPlain ? path : throw new CdeException($"{repository} names the file \"{path}\", which would lie outside its folder; refused");
    }
}
