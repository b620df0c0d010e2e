namespace Cde.Workbench.Text.Subwords;

/// <summary>A piece that text may be spelled with.</summary>
/// <param name="Text">How it is written.</param>
/// <param name="Id">Its id.</param>
/// <param name="Score">The logarithm of its probability.</param>
/// <param name="IsFixed">Whether it always stays a piece of its own where it is found (SentencePiece's user-defined symbols).</param>
internal readonly record struct UnigramPiece(string Text, int Id, double Score, bool IsFixed = false);
