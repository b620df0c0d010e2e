namespace Cde.Workbench.Text.Decoding;

/// <summary>One step from tokens back to text: tokens as the vocabulary spells them in, texts to be joined out.</summary>
internal interface ITokenDecoder
{
    /// <summary>Decodes; the list given may be changed and returned.</summary>
    List<string> Apply(List<string> tokens);
}
