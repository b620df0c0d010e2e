using System.Numerics.Tensors;

namespace Cde.Workbench.Models.MultiVector;

/// <summary>The vectors of one text, one a token, each of length 1.</summary>
public sealed class TokenEmbeddings
{
    private readonly float[] values;

    /// <summary>Takes over the values.</summary>
    /// <param name="values">Row by row, <paramref name="width"/> a token.</param>
    /// <param name="width">Components of a vector.</param>
    public TokenEmbeddings(float[] values, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        if (values.Length % width != 0)
            throw new ArgumentException($"{values.Length} values are no whole number of vectors of {width}", nameof(values));
        (this.values, Width) = (values, width);
    }

    /// <summary>How many vectors there are.</summary>
    public int Count => values.Length / Width;

    /// <summary>Components of a vector.</summary>
    public int Width { get; }

    /// <summary>The vector of a token.</summary>
    public ReadOnlySpan<float> this[int token] => values.AsSpan(token * Width, Width);

    /// <summary>
    /// MaxSim, ColBERT's late interaction: for each vector of this text, a query, the greatest inner product with a vector of the document; their sum.
    /// </summary>
    /// <param name="document">At least one vector of the same width.</param>
    /// <exception cref="ArgumentException">The widths differ, or the document has no vectors.</exception>
    public float MaxSim(TokenEmbeddings document)
    {
        if (document.Width != Width || document.Count == 0)
            throw new ArgumentException($"the document has {document.Count} vectors of {document.Width}, expected some of {Width}", nameof(document));
        var sum = 0f;
        for (var asked = 0; asked < Count; asked++)
        {
            var best = float.NegativeInfinity;
            for (var token = 0; token < document.Count; token++)
                best = Math.Max(best, TensorPrimitives.Dot(this[asked], document[token]));
            sum += best;
        }

        return sum;
    }
}
