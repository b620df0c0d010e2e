using System.Runtime.InteropServices;
using System.Text;
using Cde.Workbench.Text.Subwords;

namespace Cde.Workbench.Text.Decoding;

/// <summary>
/// Runs of tokens such as <c>&lt;0xE2&gt;</c> back to text. A run that is no UTF-8 becomes one U+FFFD for each of its bytes, good ones too, as
/// in the Rust library.
/// </summary>
internal sealed class ByteFallbackDecoder : ITokenDecoder
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <inheritdoc/>
    public List<string> Apply(List<string> tokens)
    {
        var (texts, bytes) = (new List<string>(tokens.Count), new List<byte>());
        foreach (var token in tokens)
        {
            if (ByteTokens.TryParse(token, out var value))
            {
                bytes.Add(value);
                continue;
            }

            Flush();
            texts.Add(token);
        }

        Flush();
        return texts;

        void Flush()
        {
            if (bytes.Count > 0)
                texts.Add(Text(CollectionsMarshal.AsSpan(bytes)));
            bytes.Clear();
        }
    }

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return new string('\uFFFD', bytes.Length);
        }
    }
}
