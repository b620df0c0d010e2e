namespace Cde.Workbench.Text.Subwords;

/// <summary>A vocabulary with its way of spelling. Shared by all threads.</summary>
internal interface ITokenModel
{
    /// <summary>One thread's speller.</summary>
    IPieceSpeller CreateSpeller();
}
