namespace Cde.Workbench.Text.Splitting;

/// <summary>Steps one after the other.</summary>
internal sealed class SplitSequence(IReadOnlyList<IPreTokenizer> steps) : IPreTokenizer
{
    /// <summary>The steps, in order.</summary>
    internal IReadOnlyList<IPreTokenizer> Steps => steps;

    /// <inheritdoc/>
    public void Split(TextPiece piece, List<TextPiece> output)
    {
        var pieces = new List<TextPiece> { piece };
        for (var step = 0; step < steps.Count; step++)
        {
            var next = step == steps.Count - 1 ? output : new List<TextPiece>(pieces.Count);
            foreach (var part in pieces)
                steps[step].Split(part, next);
            pieces = next;
        }

        if (steps.Count == 0)
            output.Add(piece);
    }
}
