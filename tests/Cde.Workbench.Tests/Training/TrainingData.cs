using Cde.Workbench.Training;

namespace Cde.Workbench.Tests.Training;

/// <summary>A small authored training set: two domains whose queries name what their documents say.</summary>
internal static class TrainingData
{
    private static readonly string[] Things = ["stream", "buffer", "socket", "timer", "array", "string", "regex", "thread", "clock", "queue"];
    private static readonly string[] Acts = ["opens", "closes", "reads", "writes", "counts", "copies"];

    public static IReadOnlyList<TrainingDomain> Two { get; } = [Domain("first", 0), Domain("second", 5)];

    public static TrainingOptions Options { get; } = new()
    {
        Steps = 12,
        Seed = 7,
        CheckpointEvery = 4,
        Model = new() { Width = 16, Layers = 2, FirstStageLayers = 1, Heads = 2, Inner = 256, VocabularySize = 200, MaxTokens = 24 },
        Batch = new() { Size = 8, LengthGroups = 2 },
        Context = new() { Size = 6, NullShare = 0.2 },
        Optimizer = new() { LearningRate = 3e-3 },
        Schedule = new() { WarmupSteps = 2 },
    };

    /// <summary>The same with two hard negatives a query: the same act on other things.</summary>
    public static IReadOnlyList<TrainingDomain> WithNegatives { get; } =
        [.. Two.Select(domain => domain with { Negatives = [.. Enumerable.Range(0, domain.Queries.Count).Select(i => (IReadOnlyList<int>)[(i + 6) % 30, (i + 12) % 30])] })];

    private static TrainingDomain Domain(string name, int from)
    {
        var pairs = Things.Skip(from).Take(5).SelectMany(thing => Acts.Select(act => (Query: $"what {act} the {thing}", Document: $"{thing}.{act}(int count): a method"))).ToArray();
        return new TrainingDomain(name, [.. pairs.Select(pair => pair.Query)], [.. pairs.Select(pair => pair.Document)], [.. Enumerable.Range(0, pairs.Length).Select(i => (IReadOnlyList<int>)[i])]);
    }
}
