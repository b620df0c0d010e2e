namespace Cde.Workbench.Models.Zoo;

/// <summary>Numbers of a model's vector for a text, as somebody published them: what a download is compared with.</summary>
/// <param name="Model">The model's name, or <c>concat:A+B</c>.</param>
/// <param name="Text">What was embedded, without its prompt.</param>
/// <param name="First">The first numbers of the vector; all of them, or a few.</param>
/// <param name="Tolerance">The greatest difference of a number that still counts as equal.</param>
/// <param name="Source">Who published it.</param>
public sealed record PublishedVector(string Model, string Text, IReadOnlyList<float> First, double Tolerance, string Source)
{
    /// <summary>What stood in front of the text; empty for nothing.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>The last numbers of the vector; none where empty.</summary>
    public IReadOnlyList<float> Last { get; init; } = [];

    /// <summary>How the publisher pooled, where not as the model's own files say; null for theirs.</summary>
    public PoolingModes? Pooling { get; init; }

    /// <summary>Whether the vector was brought to length 1.</summary>
    public bool IsNormalized { get; init; }
}
