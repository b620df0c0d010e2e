using Cde.Workbench.Text;

namespace Cde.Workbench.Tests.Embedding;

/// <summary>A word is a token; its id is a hash of its characters. Rows are [1] words [2], as BERT's.</summary>
internal sealed class StandInTokenizer : ITokenizer
{
    public int VocabularySize => 1 << 20;

    public int PadId => 0;

    public int SpecialTokenCount => 2;

    public int PairSpecialTokenCount => 3;

    public int? ModelMaxTokens => null;

    public string Hash => "stand-in";

    public TokenBatch Encode(IReadOnlyList<string> texts, TokenizeOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new TokenizeOptions();
        var ids = new List<int>();
        var offsets = new int[texts.Count + 1];
        for (var row = 0; row < texts.Count; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ids.Add(1);
            AddWords(ids, options.Prompt, ids.Count + options.MaxTokens - 2);
            AddWords(ids, texts[row], offsets[row] + options.MaxTokens - 1);
            ids.Add(2);
            offsets[row + 1] = ids.Count;
        }

        return new TokenBatch([.. ids], offsets);
    }

    public TokenBatch EncodePairs(
        IReadOnlyList<(string First, string Second)> pairs, PairTruncation truncation = PairTruncation.LongestFirst,
        TokenizeOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public int? TokenId(string token) => null;

    public string TokenText(int id) => $"{id}";

    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = true) => throw new NotSupportedException();

    private static void AddWords(List<int> ids, string text, int end)
    {
        foreach (var range in text.AsSpan().Split(' '))
        {
            if (ids.Count >= end)
                return;
            var word = text.AsSpan()[range];
            var hash = 2166136261u;
            foreach (var letter in word)
                hash = (hash ^ letter) * 16777619;
            if (word.Length > 0)
                ids.Add(3 + (int)(hash % ((1 << 20) - 3)));
        }
    }
}
