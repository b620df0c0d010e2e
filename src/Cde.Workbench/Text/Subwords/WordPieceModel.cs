namespace Cde.Workbench.Text.Subwords;

/// <summary>WordPiece spelling for tokenizers whose normalization is not BERT's own: the longest piece first, unknown where one is missing.</summary>
/// <param name="vocabulary">The pieces.</param>
/// <param name="unknownId">The id of a word that cannot be spelled.</param>
/// <param name="longestWord">Longer words are unknown, in code points.</param>
internal sealed class WordPieceModel(WordPieceVocabulary vocabulary, int unknownId, int longestWord) : ITokenModel
{
    /// <inheritdoc/>
    public IPieceSpeller CreateSpeller() => new Speller(vocabulary, unknownId, longestWord);

    private sealed class Speller(WordPieceVocabulary vocabulary, int unknownId, int longestWord) : IPieceSpeller
    {
        private readonly uint[] _hashes = new uint[2 * longestWord];

        public void Spell(ReadOnlySpan<char> piece, IdBuffer ids)
        {
            var codePoints = piece.Length;
            foreach (var unit in piece)
                codePoints -= char.IsLowSurrogate(unit) ? 1 : 0;
            if (codePoints > longestWord || !vocabulary.TrySpell(piece, _hashes, ids))
                ids.Add(unknownId);
        }
    }
}
