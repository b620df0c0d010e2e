using System.Security.Cryptography;
using System.Text;

namespace Cde.Workbench;

/// <summary>
/// The one hash of the workbench: SHA-256 in 64 lower-case hexadecimal digits. It names corpora, models, contexts, matrices and cached files.
/// </summary>
public static class ContentHash
{
    /// <summary>How many digits the short form has.</summary>
    public const int ShortLength = 16;

    /// <summary>The hash of these bytes.</summary>
    public static string OfBytes(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The hash of a text's UTF-8 bytes.</summary>
    public static string OfText(string text) => OfBytes(Encoding.UTF8.GetBytes(text));

    /// <summary>The hash of what is left in a stream.</summary>
    public static string OfStream(Stream stream) => Convert.ToHexStringLower(SHA256.HashData(stream));

    /// <summary>The hash of a file's bytes.</summary>
    /// <exception cref="CdeException">The file cannot be read.</exception>
    public static string OfFile(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
            return OfStream(stream);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CdeException($"{path} cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>The first 16 digits of a hash: what is shown to people and put in file names.</summary>
    public static string Short(string hash) => hash.Length <= ShortLength ? hash : hash[..ShortLength];

    /// <summary>A hash that is built field by field.</summary>
    public static ContentHashBuilder Build() => new();
}
