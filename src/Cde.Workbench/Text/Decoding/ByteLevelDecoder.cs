using System.Text;
using Cde.Workbench.Text.Subwords;

namespace Cde.Workbench.Text.Decoding;

/// <summary>Characters of <see cref="ByteAlphabet"/> back to bytes, and these to text; what is no UTF-8 becomes U+FFFD.</summary>
internal sealed class ByteLevelDecoder : ITokenDecoder
{
    /// <inheritdoc/>
    public List<string> Apply(List<string> tokens)
    {
        var bytes = new List<byte>();
        foreach (var token in tokens)
            ByteAlphabet.Append(token, bytes);
        return [Encoding.UTF8.GetString([.. bytes])];
    }
}
