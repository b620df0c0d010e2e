using Cde.Workbench.Text.Splitting;

namespace Cde.Workbench.Text.Decoding;

/// <summary>The decoders that rewrite token by token, and the one that joins.</summary>
internal static class TokenDecoders
{
    /// <summary>Marks back to spaces; those of the first token vanish where one was put in front.</summary>
    internal static ITokenDecoder Metaspace(char mark, MetaspacePrefix prefix) => new EachToken((token, index, _) =>
        index == 0 && prefix != MetaspacePrefix.Never ? token.Replace(mark.ToString(), "", StringComparison.Ordinal) : token.Replace(mark, ' '));

    /// <summary>WordPiece: a token without the prefix of continuations starts a word.</summary>
    internal static ITokenDecoder WordPiece(string prefix, bool cleansUp) => new EachToken((token, index, _) =>
    {
        if (index > 0)
            token = token.StartsWith(prefix, StringComparison.Ordinal) ? token[prefix.Length..] : " " + token;
        return DecodedText.CleanUp(token, cleansUp);
    });

    /// <summary>A suffix that ends a word becomes a space, or nothing at the end of the text.</summary>
    internal static ITokenDecoder EndOfWord(string suffix) => new EachToken((token, index, count) =>
        token.Replace(suffix, index == count - 1 ? "" : " ", StringComparison.Ordinal));

    /// <summary>Removes a character at the ends of each token, at most so many times.</summary>
    internal static ITokenDecoder Strip(char character, int atStart, int atEnd) => new EachToken((token, _, _) =>
    {
        var (start, end) = (0, token.Length);
        while (start < end && start < atStart && token[start] == character)
            start++;
        while (end > start && token.Length - end < atEnd && token[end - 1] == character)
            end--;
        return token[start..end];
    });

    /// <summary>Joins all tokens to one.</summary>
    internal static ITokenDecoder Fuse { get; } = new Fusing();

    private sealed class Fusing : ITokenDecoder
    {
        public List<string> Apply(List<string> tokens) => [string.Concat(tokens)];
    }
}
