namespace Cde.Workbench.Text.Decoding;

/// <summary>A decoder that rewrites each token by itself.</summary>
/// <param name="rewrite">What a token becomes, given its place and how many there are.</param>
internal sealed class EachToken(Func<string, int, int, string> rewrite) : ITokenDecoder
{
    /// <inheritdoc/>
    public List<string> Apply(List<string> tokens)
    {
        for (var index = 0; index < tokens.Count; index++)
            tokens[index] = rewrite(tokens[index], index, tokens.Count);
        return tokens;
    }
}
