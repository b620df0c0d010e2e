namespace Cde.Workbench.Text.Decoding;

/// <summary>Decoders one after the other.</summary>
internal sealed class DecoderSequence(IReadOnlyList<ITokenDecoder> steps) : ITokenDecoder
{
    /// <inheritdoc/>
    public List<string> Apply(List<string> tokens) => steps.Aggregate(tokens, (list, step) => step.Apply(list));
}
