namespace Cde.Workbench.Text.Subwords;

/// <summary>Whole words: a piece is one token, or unknown.</summary>
/// <param name="vocabulary">The id of each word.</param>
/// <param name="unknownId">The id of any other.</param>
internal sealed class WordLevelModel(Dictionary<string, int> vocabulary, int unknownId) : ITokenModel, IPieceSpeller
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ids = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <inheritdoc/>
    public IPieceSpeller CreateSpeller() => this;

    /// <inheritdoc/>
    public void Spell(ReadOnlySpan<char> piece, IdBuffer ids) => ids.Add(_ids.TryGetValue(piece, out var id) ? id : unknownId);
}
