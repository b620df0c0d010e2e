using static TorchSharp.torch;

namespace Cde.Workbench.Models.Layers;

/// <summary>
/// Rotary position embedding (Su et al. 2021): the first <c>fraction</c> of each head's width is rotated by
/// <c>position * base^(-2j/r)</c>, in halves or, where <c>interleaved</c>, in neighbouring pairs.
/// </summary>
/// <param name="headWidth">d/H.</param>
/// <param name="fraction">Share of the head width that rotates, 0 to 1.</param>
/// <param name="frequencyBase">1000 for nomic-bert-2048, 10000 in most models.</param>
/// <param name="interleaved">Pairs (0,1), (2,3) ... instead of (0, r/2), (1, r/2+1) ...</param>
/// <param name="scaling">What the frequencies go through; null for nothing.</param>
public sealed class Rotary(long headWidth, double fraction, double frequencyBase, bool interleaved, RotaryScaling? scaling = null)
{
    private readonly long rotated = (long)(headWidth * fraction);

    /// <summary>How many leading dimensions of a head rotate.</summary>
    public long Rotated => rotated;

    /// <summary>Whether anything rotates.</summary>
    public bool IsActive => rotated > 0;

    /// <summary>By how much the pair <paramref name="j"/> turns from one position to the next, in radians.</summary>
    public double Frequency(long j)
    {
        var frequency = 1.0 / Math.Pow(frequencyBase, 2.0 * j / rotated);
        return scaling?.Scale(frequency, j) ?? frequency;
    }

    /// <summary>What rotated queries and keys are multiplied by; 1 but for scalings that say otherwise.</summary>
    public double Magnitude => scaling?.Magnitude ?? 1;

    /// <summary>
    /// Cosines and sines for positions <paramref name="from"/> .. from+length-1, each (length, r/2); positions below
    /// <paramref name="unrotated"/> get the identity (angle 0), the others keep their absolute index. All are multiplied by <see cref="Magnitude"/>.
    /// </summary>
    public RotaryAngles Angles(long from, long length, long unrotated, Tensor like)
    {
        using var scope = NewDisposeScope();
        var half = rotated / 2;
        var angles = new float[length * half];
        for (var j = 0L; j < half; j++)
        {
            var frequency = (float)Frequency(j);
            for (var i = 0L; i < length; i++)
                angles[i * half + j] = from + i < unrotated ? 0f : (from + i) * frequency;
        }

        var table = tensor(angles, [length, half]).to(like.device);
        return new RotaryAngles(
            Grown(table.cos()).to_type(like.dtype).MoveToOuterDisposeScope(),
            Grown(table.sin()).to_type(like.dtype).MoveToOuterDisposeScope());
    }

    private Tensor Grown(Tensor table) => Magnitude == 1 ? table : table * Magnitude;

    /// <summary>Rotates queries or keys (B, H, T, d/H) by <paramref name="angles"/> of T positions.</summary>
    public Tensor Apply(Tensor x, RotaryAngles angles)
    {
        if (!IsActive)
            return x;
        var half = rotated / 2;
        var part = rotated == headWidth ? x : x.narrow(-1, 0, rotated);
        Tensor turned;
        if (interleaved)
        {
            var pairs = part.unflatten(-1, [half, 2]); // (B, H, T, r) -> (B, H, T, r/2, 2)
            var even = pairs.select(-1, 0);
            var odd = pairs.select(-1, 1);
            turned = stack([even * angles.Cos - odd * angles.Sin, odd * angles.Cos + even * angles.Sin], -1).flatten(-2);
        }
        else
        {
            var first = part.narrow(-1, 0, half);
            var second = part.narrow(-1, half, half);
            turned = cat([first * angles.Cos - second * angles.Sin, second * angles.Cos + first * angles.Sin], -1);
        }

        return rotated == headWidth ? turned : cat([turned, x.narrow(-1, rotated, headWidth - rotated)], -1);
    }
}

/// <summary>Cosines and sines of the rotation angles, each (T, r/2).</summary>
public readonly record struct RotaryAngles(Tensor Cos, Tensor Sin);
