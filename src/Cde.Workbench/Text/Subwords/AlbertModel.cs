using System.Globalization;
using System.Text;

namespace Cde.Workbench.Text.Subwords;

/// <summary>
/// ALBERT's tokenizer: a unigram model whose pieces that end in a digit and a comma are cut again, so that <c>9,9</c> has the pieces of
/// <c>9</c>, <c>,</c> and <c>9</c>.
/// </summary>
/// <param name="unigram">The model.</param>
/// <param name="idOf">The id of a piece, or null.</param>
internal sealed class AlbertModel(UnigramModel unigram, Func<string, int?> idOf) : ITokenModel
{
    private const char Mark = '\u2581';

    /// <inheritdoc/>
    public IPieceSpeller CreateSpeller() => new Speller(unigram, idOf);

    private sealed class Speller(UnigramModel unigram, Func<string, int?> idOf) : IPieceSpeller
    {
        private readonly UnigramSpeller _whole = new(unigram);
        private readonly UnigramSpeller _number = new(unigram);

        public void Spell(ReadOnlySpan<char> piece, IdBuffer ids)
        {
            var bytes = _whole.Cut(piece, out var cuts);
            foreach (var (start, end, id) in cuts)
            {
                if (bytes[end - 1] == ',' && Encoding.UTF8.GetString(bytes[start..(end - 1)]) is { Length: > 0 } number && EndsInDigit(number))
                    SpellNumber(number, ids);
                else
                    ids.Add(id);
            }
        }

        // The number is spelled like a text of its own, and loses the mark that this puts in front where it had none.
        private void SpellNumber(string number, IdBuffer ids)
        {
            var text = number.Replace(Mark.ToString(), "", StringComparison.Ordinal);
            var bytes = _number.Cut(Mark + text, out var cuts);
            for (var index = 0; index < cuts.Count; index++)
            {
                var (start, end, id) = cuts[index];
                var isMarked = index == 0 && number[0] != Mark && Encoding.UTF8.GetString(bytes[start..end]) is [Mark, ..];
                if (!isMarked)
                    ids.Add(id);
                else if (Encoding.UTF8.GetString(bytes[start..end])[1..] is { Length: > 0 } rest)
                    ids.Add(idOf(rest) ?? unigram.UnknownId);
            }

            ids.Add(idOf(",") ?? unigram.UnknownId);
        }

        private static bool EndsInDigit(string text)
        {
            var start = text.Length - (text.Length > 1 && char.IsLowSurrogate(text[^1]) ? 2 : 1);
            return CharUnicodeInfo.GetDigitValue(text, start) >= 0;
        }
    }
}
