namespace Cde.Kernels.Commands;

/// <summary>What <c>mine classes</c> takes.</summary>
public sealed record MineClassesOptions : ContextOptions
{
    /// <summary>Candidates of the same class.</summary>
    [Option("A positive is drawn among so many most similar texts of the same class, the likelier the more similar", Min = 1, Max = 100_000)]
    public int Nearest { get; init; } = 100;

    /// <summary>The softmax's temperature.</summary>
    [Option("Temperature of the positive's softmax, above 0", Min = 0, Max = 100)]
    public double Temperature { get; init; } = 0.05;

    /// <summary>Candidates of other classes.</summary>
    [Option("A negative is any of so many least similar texts of other classes", Min = 1, Max = 100_000)]
    public int Farthest { get; init; } = 100;

    /// <summary>Triplets shown.</summary>
    [Option("Triplets to show", Min = 0)]
    public int Show { get; init; } = 5;
}
