using System.ComponentModel.DataAnnotations;
using Cde.Workbench.Text;
using Cde.Workbench.Training.Losses;

namespace Cde.Workbench.Training.Pretraining;

/// <summary>Hides tokens from a language model (Devlin et al. 2019), whole words where asked. Special tokens are never hidden.</summary>
public sealed class TokenMasking
{
    private readonly TokenMaskingOptions options;
    private readonly bool[] continues;
    private readonly bool[] isSpecial;
    private readonly int maskId;

    /// <summary>Readies masking for a tokenizer's ids.</summary>
    /// <exception cref="CdeException">The vocabulary has no mask token, or an option is out of range.</exception>
    public TokenMasking(WordPieceTokenizer tokenizer, TokenMaskingOptions? options = null)
    {
        this.options = options ?? new();
        var results = new List<ValidationResult>();
        if (!Validator.TryValidateObject(this.options, new ValidationContext(this.options), results, validateAllProperties: true))
            throw new CdeException($"masking: {results[0].ErrorMessage}");
        if (this.options.AsMask + this.options.AsRandom > 1)
            throw new CdeException($"masking: AsMask {this.options.AsMask} and AsRandom {this.options.AsRandom} add to more than 1");
        var rules = tokenizer.Options;
        maskId = tokenizer.TokenId(rules.MaskToken)
            ?? throw new CdeException($"masking: the vocabulary has no {rules.MaskToken}; train it with one, or name another mask token");
        continues = [.. Enumerable.Range(0, tokenizer.VocabularySize).Select(id => rules.ContinuationPrefix.Length > 0 && tokenizer.TokenText(id).StartsWith(rules.ContinuationPrefix, StringComparison.Ordinal))];
        isSpecial = new bool[tokenizer.VocabularySize];
        foreach (var token in new[] { rules.ClassToken, rules.SeparatorToken, rules.PadToken, rules.MaskToken })
        {
            if (tokenizer.TokenId(token) is { } id)
                isSpecial[id] = true;
        }
    }

    /// <summary>
    /// Which tokens of a text are hidden: words in random order, until the share is reached; a word that would exceed it is passed over.
    /// </summary>
    /// <param name="ids">The text, special tokens included, which count towards the share's base.</param>
    /// <param name="seed">The same seed gives the same choice.</param>
    public bool[] Choose(ReadOnlySpan<int> ids, long seed) => Choose(ids, new SeededRandom(seed));

    /// <summary>What the model gets in place of a text, and what is asked of it.</summary>
    /// <param name="ids">The text.</param>
    /// <param name="hidden">Which tokens are hidden.</param>
    /// <param name="seed">Of what stands in their place.</param>
    /// <returns>The ids to encode, and for each position its token where it was hidden, else <see cref="MaskedLanguageModel.Ignored"/>.</returns>
    public (int[] Ids, long[] Labels) Hide(ReadOnlySpan<int> ids, ReadOnlySpan<bool> hidden, long seed)
    {
        var random = new SeededRandom(seed);
        var (shown, labels) = (ids.ToArray(), new long[ids.Length]);
        for (var i = 0; i < ids.Length; i++)
        {
            labels[i] = hidden[i] ? ids[i] : MaskedLanguageModel.Ignored;
            if (!hidden[i])
                continue;
            var draw = (random.Next() >> 11) * (1.0 / (1UL << 53)); // 0 to 1
            if (draw < options.AsMask)
                shown[i] = maskId;
            else if (draw < options.AsMask + options.AsRandom)
                shown[i] = random.Below(continues.Length);
        }

        return (shown, labels);
    }

    /// <summary>As the other, going on with a stream of random numbers.</summary>
    internal bool[] Choose(ReadOnlySpan<int> ids, SeededRandom random)
    {
        var words = Words(ids);
        var wanted = Math.Max(1, (int)Math.Round(ids.Length * options.Share));
        var hidden = new bool[ids.Length];
        for (var i = 0; i < words.Count && wanted > 0; i++)
        {
            var other = i + random.Below(words.Count - i);
            (words[i], words[other]) = (words[other], words[i]);
            var (start, length) = words[i];
            if (length > wanted)
                continue;
            hidden.AsSpan(start, length).Fill(true);
            wanted -= length;
        }

        return hidden;
    }

    /// <summary>The words of a text, or its tokens: where each starts and how many pieces it has.</summary>
    private List<(int Start, int Length)> Words(ReadOnlySpan<int> ids)
    {
        var words = new List<(int Start, int Length)>();
        for (var i = 0; i < ids.Length; i++)
        {
            if (isSpecial[ids[i]])
                continue;
            if (options.WholeWords && continues[ids[i]] && words.Count > 0 && words[^1].Start + words[^1].Length == i)
                words[^1] = (words[^1].Start, words[^1].Length + 1);
            else
                words.Add((i, 1));
        }

        return words;
    }
}
