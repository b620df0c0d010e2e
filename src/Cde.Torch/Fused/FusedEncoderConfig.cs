namespace Cde.Torch.Fused;

/// <summary>Sizes and switches of a <see cref="FusedEncoder"/>.</summary>
public sealed record FusedEncoderConfig
{
    /// <summary>d.</summary>
    public required int Width { get; init; }

    /// <summary>H; divides d.</summary>
    public required int Heads { get; init; }

    /// <summary>Width of the feed-forward layer.</summary>
    public required int Inner { get; init; }

    /// <summary>Of the layer norms.</summary>
    public required double Epsilon { get; init; }

    /// <summary>On the inner layer, or on its gate.</summary>
    public FusedActivation Activation { get; init; } = FusedActivation.Gelu;

    /// <summary>Whether a second inner layer, through the activation, multiplies the first.</summary>
    public bool IsGated { get; init; }

    /// <summary>Leading dimensions of each head that rotate with the position, in halves; 0 for none.</summary>
    public int Rotated { get; init; }

    /// <summary>Base of the rotary frequencies.</summary>
    public double RotaryBase { get; init; } = 10000;

    /// <summary>
    /// Whether products take bfloat16 factors (sums stay float32). Where the CPU has no bfloat16 instructions, products are float32 products of
    /// the same rounded weights, which is faster there and no less exact.
    /// </summary>
    public bool BFloat16 { get; init; }

    /// <summary>Kernels by name, for tests: generic, generic-bf16, avx2, avx512, avx512-bf16. The best for this CPU where null; the environment variable <c>CDE_FUSED</c> also names one.</summary>
    public string? Kernels { get; init; }
}
