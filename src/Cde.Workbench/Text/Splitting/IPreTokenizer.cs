namespace Cde.Workbench.Text.Splitting;

/// <summary>One step of splitting a text before the model sees it. Safe to use from several threads.</summary>
internal interface IPreTokenizer
{
    /// <summary>Adds the pieces of a piece; empty ones are left out.</summary>
    void Split(TextPiece piece, List<TextPiece> output);
}
