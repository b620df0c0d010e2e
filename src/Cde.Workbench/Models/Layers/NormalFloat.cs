using System.Runtime.InteropServices;

namespace Cde.Workbench.Models.Layers;

/// <summary>
/// NormalFloat in 4 bits (Dettmers et al. 2023, QLoRA, appendix E): sixteen levels in -1 to 1, each as likely as the others under a normal distribution whose
/// largest values are -1 and 1, with an exact 0.
/// </summary>
internal static class NormalFloat
{
    /// <summary>Weights that share a scale, as in the paper.</summary>
    public const int Block = 64;

    /// <summary>The code of 0.</summary>
    public const int Zero = 7;

    private static readonly float[] LevelTable =
    [
        -1.0f, -0.6961928009986877f, -0.5250730514526367f, -0.39491748809814453f, -0.28444138169288635f, -0.18477343022823334f, -0.09105003625154495f, 0.0f,
        0.07958029955625534f, 0.16093020141124725f, 0.24611230194568634f, 0.33791524171829224f, 0.44070982933044434f, 0.5626170039176941f, 0.7229568362236023f, 1.0f,
    ];

    private static readonly float[] Middles = [.. LevelTable.Zip(LevelTable.Skip(1), (low, high) => (low + high) / 2)];

    private static readonly float[] PairTable = [.. Enumerable.Range(0, 256).SelectMany(pair => new[] { LevelTable[pair >> 4], LevelTable[pair & 15] })];

    /// <summary>What the codes 0 to 15 stand for, in the published constants of the paper.</summary>
    public static ReadOnlySpan<float> Levels => LevelTable;

    /// <summary>The two numbers of each byte, the first in the high bits: (256, 2), as bitsandbytes packs them.</summary>
    public static float[] Pairs => PairTable;

    /// <summary>The code of the level nearest to a number in -1 to 1; the lower of two that are as near.</summary>
    public static int Code(float value)
    {
        var code = 0; // how many middles lie below, by halving
        for (var step = 8; step > 0; step /= 2)
            code += value > Middles[code + step - 1] ? step : 0;
        return code;
    }

    /// <summary>Levels of packed codes, two a byte, times a scale.</summary>
    /// <param name="packed">At least half as many bytes as there are numbers.</param>
    /// <param name="scale">The block's.</param>
    /// <param name="target">The numbers: an even count.</param>
    public static void Spread(ReadOnlySpan<byte> packed, float scale, Span<float> target)
    {
        var pairs = MemoryMarshal.Cast<float, ulong>(PairTable);
        var places = MemoryMarshal.Cast<float, ulong>(target);
        for (var i = 0; i < places.Length; i++)
            places[i] = pairs[packed[i]];
        System.Numerics.Tensors.TensorPrimitives.Multiply(target, scale, target);
    }
}
