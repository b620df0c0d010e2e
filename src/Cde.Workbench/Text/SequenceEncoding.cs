using System.Collections.Concurrent;
using System.Globalization;

namespace Cde.Workbench.Text;

/// <summary>Batches of texts and pairs with their special tokens: what every tokenizer does alike, whatever makes its ids.</summary>
/// <param name="single">What stands around a text.</param>
/// <param name="pair">What stands around a pair.</param>
/// <param name="create">Makes one thread's encoder.</param>
internal sealed class SequenceEncoding(SequenceTemplate single, SequenceTemplate pair, Func<ITextEncoder> create)
{
    private readonly ConcurrentBag<ITextEncoder> _encoders = [];

    /// <summary>How many special tokens a text gets.</summary>
    internal int SpecialTokenCount => single.SpecialTokenCount;

    /// <summary>How many special tokens a pair gets.</summary>
    internal int PairSpecialTokenCount => pair.SpecialTokenCount;

    /// <summary>One thread's encoder.</summary>
    internal ITextEncoder Rent() => _encoders.TryTake(out var encoder) ? encoder : create();

    /// <summary>As <see cref="ITokenizer.Encode"/>.</summary>
    internal TokenBatch Encode(IReadOnlyList<string> texts, TokenizeOptions? options, CancellationToken cancellationToken)
    {
        var chosen = options ?? new TokenizeOptions();
        var template = chosen.AddSpecialTokens ? single : single.WithoutSpecialTokens();
        var room = Room(template, chosen.MaxTokens);
        return ParallelEncoding.Run(
            texts.Count,
            row => chosen.Prompt.Length + texts[row].Length,
            withTypes: template.Parts.Any(part => part.TypeId != 0),
            Rent,
            (row, output) =>
            {
                foreach (var part in template.Parts)
                {
                    var before = output.Encoder.Ids.Count;
                    output.Encoder.Ids.Add(part.Ids);
                    if (part.Ids.Length == 0)
                        output.Encoder.Append(chosen.Prompt, texts[row], room);
                    output.AddTypes(part.TypeId, output.Encoder.Ids.Count - before);
                }
            },
            _encoders.Add,
            chosen.Threads,
            cancellationToken);
    }

    /// <summary>As <see cref="ITokenizer.EncodePairs"/>.</summary>
    internal TokenBatch EncodePairs(
        IReadOnlyList<(string First, string Second)> pairs, PairTruncation truncation, TokenizeOptions? options, CancellationToken cancellationToken)
    {
        var chosen = options ?? new TokenizeOptions();
        var template = chosen.AddSpecialTokens ? pair : pair.WithoutSpecialTokens();
        var room = Room(template, chosen.MaxTokens);
        return ParallelEncoding.Run(
            pairs.Count,
            row => chosen.Prompt.Length + pairs[row].First.Length + pairs[row].Second.Length,
            withTypes: true,
            Rent,
            (row, output) => AppendPair(row, pairs[row], output),
            _encoders.Add,
            chosen.Threads,
            cancellationToken);

        void AppendPair(int row, (string First, string Second) texts, EncodedRows output)
        {
            var ids = output.Encoder.Ids;
            var start = ids.Count;
            output.Encoder.Append(chosen.Prompt, texts.First, int.MaxValue);
            var middle = ids.Count;
            output.Encoder.Append("", texts.Second, int.MaxValue);
            var kept = PairLengths.Cut(middle - start, ids.Count - middle, room, truncation)
                ?? throw new CdeException(
                    $"pair {row} has {middle - start} and {ids.Count - middle} tokens where {room} fit, and truncation {truncation} cannot cut it; "
                    + $"use {nameof(PairTruncation.LongestFirst)} or more tokens");
            var firstIds = ids.Items[start..(start + kept.First)].ToArray();
            var secondIds = ids.Items[middle..(middle + kept.Second)].ToArray();
            ids.Truncate(start);
            foreach (var part in template.Parts)
            {
                var content = part.Ids.Length > 0 ? part.Ids : part.TextIndex == 0 ? firstIds : secondIds;
                ids.Add(content);
                output.AddTypes(part.TypeId, content.Length);
            }
        }
    }

    private static int Room(SequenceTemplate template, int maxTokens)
    {
        var room = maxTokens - template.SpecialTokenCount;
        return room > 0
            ? room
            : throw new CdeException(string.Create(
                CultureInfo.InvariantCulture,
                $"{maxTokens} tokens leave no room for text: the special tokens take {template.SpecialTokenCount}; use at least {template.SpecialTokenCount + 1}"));
    }
}
