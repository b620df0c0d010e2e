namespace Cde.Workbench.Text.Subwords;

/// <summary>Spells pieces with the tokens of a vocabulary. One thread's: it holds buffers.</summary>
internal interface IPieceSpeller
{
    /// <summary>Adds the ids of a piece; it has no lone surrogates.</summary>
    void Spell(ReadOnlySpan<char> piece, IdBuffer ids);
}
