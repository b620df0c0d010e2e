using Cde.Workbench.Text;

namespace Cde.Workbench.Models.Rerankers;

/// <summary>
/// Pairs whose documents are cut into chunks that fit beside their query, each chunk sharing tokens with the one before (BCEmbedding's and open-retrievals'
/// DocumentSplitter). A document's score is that of its best chunk.
/// </summary>
/// <param name="tokenizer">The reranker's tokenizer.</param>
/// <param name="maxTokens">Most tokens of a query with a chunk, special tokens included.</param>
/// <param name="overlap">Tokens that neighbouring chunks share.</param>
internal sealed class DocumentChunks(ITokenizer tokenizer, int maxTokens, int overlap)
{
    private static readonly TokenizeOptions Whole = new() { MaxTokens = int.MaxValue };

    /// <summary>The chunks of all pairs, those of pair 0 first, and the pair of each.</summary>
    /// <exception cref="CdeException">A query leaves no room for a chunk.</exception>
    public (TokenBatch Rows, int[] Pairs) Of(IReadOnlyList<(string Query, string Document)> pairs, CancellationToken cancellationToken = default)
    {
        var whole = tokenizer.EncodePairs(pairs, PairTruncation.LongestFirst, Whole, cancellationToken);
        var documents = tokenizer.Encode([.. pairs.Select(pair => pair.Document)], Whole with { AddSpecialTokens = false }, cancellationToken);
        var (ids, types, offsets, owners) = (new List<int>(), new List<byte>(), new List<int> { 0 }, new List<int>());
        for (var pair = 0; pair < pairs.Count; pair++)
        {
            var row = whole[pair];
            var rowTypes = whole.TypeIds(pair);
            var (start, count) = row.Length <= maxTokens ? (0, 0) : Place(row, documents[pair], pairs[pair].Document);
            if (count == 0)
            {
                Add(pair, row, rowTypes, ..);
                continue;
            }

            var room = maxTokens - (row.Length - count);
            if (room <= overlap)
                throw new CdeException($"pair {pair}: the query and special tokens take {row.Length - count} of {maxTokens} tokens, which leaves {Math.Max(0, room)} for a chunk that shares {overlap} with the one before; give shorter queries, more tokens, or a smaller overlap");
            var from = 0;
            for (; from + room < count; from += room - overlap)
                Add(pair, row, rowTypes, ..start, (start + from)..(start + from + room), (start + count)..);
            Add(pair, row, rowTypes, ..start, (start + from)..);
        }

        return (new TokenBatch([.. ids], [.. offsets], [.. types]), [.. owners]);

        (int Start, int Count) Place(ReadOnlySpan<int> row, ReadOnlySpan<int> document, string text)
        {
            if (row.LastIndexOf(document) is >= 0 and var alone)
                return (alone, document.Length);
            var behindBlank = tokenizer.Encode([" " + text], Whole with { AddSpecialTokens = false })[0]; // byte-level tokens of a document inside a prompt hold the blank in front
            return row.LastIndexOf(behindBlank) is >= 0 and var place
                ? (place, behindBlank.Length)
                : throw new CdeException("a long document cannot be split: this tokenizer spells it otherwise beside a query; leave the split out, and its end is cut");
        }

        void Add(int pair, ReadOnlySpan<int> row, ReadOnlySpan<byte> rowTypes, params ReadOnlySpan<Range> parts)
        {
            foreach (var part in parts)
            {
                ids.AddRange(row[part]);
                types.AddRange(rowTypes[part]);
            }

            offsets.Add(ids.Count);
            owners.Add(pair);
        }
    }
}
