using System.Security.Cryptography;
using System.Text;

namespace Cde.Kernels.Jupyter;

/// <summary>Signs the four JSON parts of a message with HMAC-SHA256, written in lower-case hex.</summary>
/// <param name="key">The connection file's key; empty where messages are not signed.</param>
internal sealed class MessageSigner(IReadOnlyList<byte> key)
{
    private readonly byte[] _key = [.. key];

    /// <summary>Messages carry no signature, and any is taken.</summary>
    public bool IsOff => _key.Length == 0;

    /// <summary>The signature of four parts, as they go over the wire.</summary>
    public byte[] Sign(byte[] header, byte[] parent, byte[] metadata, byte[] content)
    {
        if (IsOff)
            return [];
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hash.AppendData(header);
        hash.AppendData(parent);
        hash.AppendData(metadata);
        hash.AppendData(content);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Whether a signature is right; how long that takes does not tell how much of it is.</summary>
    public bool Verify(byte[] signature, byte[] header, byte[] parent, byte[] metadata, byte[] content) =>
        IsOff || CryptographicOperations.FixedTimeEquals(signature, Sign(header, parent, metadata, content));
}
