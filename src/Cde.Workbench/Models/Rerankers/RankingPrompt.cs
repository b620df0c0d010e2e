using Cde.Workbench.Text;

namespace Cde.Workbench.Models.Rerankers;

/// <summary>
/// A tokenizer whose pairs are a question to a language model: <c>A: query</c>, <c>B: document</c> and the task, a line each (FlagEmbedding's and open-retrievals' wording).
/// A query takes at most three quarters of the room; the document is what is cut.
/// </summary>
/// <param name="inner">The language model's tokenizer.</param>
internal sealed class RankingPrompt(ITokenizer inner) : ITokenizer
{
    private const string Task = "Given a query A and a passage B, determine whether the passage contains an answer to the query by providing a prediction of either 'Yes' or 'No'.";
    private static readonly TokenizeOptions Bare = new() { MaxTokens = int.MaxValue, AddSpecialTokens = false };

    private readonly int[] start = Start(inner);
    private readonly int[] line = Ids(inner, "\n");
    private readonly int[] task = Ids(inner, Task);

    public int VocabularySize => inner.VocabularySize;

    public int PadId => inner.PadId;

    public int SpecialTokenCount => inner.SpecialTokenCount;

    /// <summary>What stands around the two texts of a pair: the start, two line ends and the task.</summary>
    public int PairSpecialTokenCount => start.Length + 2 * line.Length + task.Length;

    public int? ModelMaxTokens => inner.ModelMaxTokens;

    public string Hash => inner.Hash;

    /// <summary>The id of "Yes", of several the first.</summary>
    /// <exception cref="CdeException">The vocabulary cannot spell it.</exception>
    public static int AnswerId(ITokenizer tokenizer) => Ids(tokenizer, "Yes") is [var first, ..] ? first : throw new CdeException("the vocabulary has no token for \"Yes\", whose logit is the score; name a language model that answers in English");

    public TokenBatch Encode(IReadOnlyList<string> texts, TokenizeOptions? options = null, CancellationToken cancellationToken = default) => inner.Encode(texts, options, cancellationToken);

    /// <summary>The questions; <paramref name="truncation"/> is passed over.</summary>
    /// <exception cref="CdeException">The prompt leaves no room for a query and a document.</exception>
    public TokenBatch EncodePairs(
        IReadOnlyList<(string First, string Second)> pairs, PairTruncation truncation = PairTruncation.LongestFirst, TokenizeOptions? options = null, CancellationToken cancellationToken = default)
    {
        var most = (options ?? new TokenizeOptions()).MaxTokens;
        var room = most - PairSpecialTokenCount;
        if (room < 4)
            throw new CdeException($"{most} tokens leave no room for a query and a document: the prompt of a language model takes {PairSpecialTokenCount}; use at least {PairSpecialTokenCount + 4}");
        var queries = inner.Encode([.. pairs.Select(pair => "A: " + pair.First)], Bare, cancellationToken);
        var documents = inner.Encode([.. pairs.Select(pair => "B: " + pair.Second)], Bare, cancellationToken);
        var (ids, offsets) = (new List<int>(), new int[pairs.Count + 1]);
        for (var row = 0; row < pairs.Count; row++)
        {
            var query = queries[row][..(int)Math.Min(queries.Length(row), room * 3L / 4)];
            ids.AddRange(start);
            ids.AddRange(query);
            ids.AddRange(line);
            ids.AddRange(documents[row][..Math.Min(documents.Length(row), room - query.Length)]);
            ids.AddRange(line);
            ids.AddRange(task);
            offsets[row + 1] = ids.Count;
        }

        return new TokenBatch([.. ids], offsets);
    }

    public int? TokenId(string token) => inner.TokenId(token);

    public string TokenText(int id) => inner.TokenText(id);

    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = true) => inner.Decode(ids, skipSpecialTokens);

    private static int[] Ids(ITokenizer tokenizer, string text) => tokenizer.Encode([text], Bare)[0].ToArray();

    /// <summary>The special tokens in front of a text, such as Llama's <c>&lt;s&gt;</c>.</summary>
    private static int[] Start(ITokenizer tokenizer)
    {
        var whole = tokenizer.Encode(["A"], Bare with { AddSpecialTokens = true })[0];
        return whole[..Math.Max(0, whole.LastIndexOf(Ids(tokenizer, "A")))].ToArray();
    }
}
