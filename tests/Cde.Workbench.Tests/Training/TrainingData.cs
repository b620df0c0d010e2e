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

    /// <summary>Queries with their own document or another one, scored 5 where they share act and thing, 3 where they share one of them, 0 where neither.</summary>
    public static IReadOnlyList<TrainingDomain> Scored { get; } = [.. Two.Select(domain => Joined(domain.Name, domain, (joined, i) =>
    {
        foreach (var (other, score) in new[] { (i, 5.0), ((i + 6) % 30, 3.0), ((i + 7) % 30, 0.0) })
            joined.AddScored(domain.Queries[i], joined.Place(domain.Documents[other]), score);
    }))];

    /// <summary>Queries whose class is their act.</summary>
    public static IReadOnlyList<TrainingDomain> Classed { get; } = [.. Two.Select(domain => Joined(domain.Name, domain, (joined, i) => joined.AddText(domain.Queries[i], Acts[i % 6])))];

    /// <summary>Documents alone.</summary>
    public static IReadOnlyList<TrainingDomain> Texts { get; } = [.. Two.Select(domain => Joined(domain.Name, domain, (joined, i) => joined.AddText(domain.Documents[i], null)))];

    /// <summary>Hard negatives, and a teacher that is surer of the document than of them.</summary>
    public static IReadOnlyList<TrainingDomain> Taught { get; } = [.. WithNegatives.Select(domain => domain with
    {
        PositiveScores = [.. domain.Positives.Select(rows => rows.Select(_ => 6.0).ToArray())],
        NegativeScores = [.. domain.Negatives!.Select(rows => rows.Select((_, i) => 1.0 - i).ToArray())],
    })];

    private static TrainingDomain Joined(string name, TrainingDomain domain, Action<JoinedTexts, int> add)
    {
        var joined = new JoinedTexts();
        for (var i = 0; i < domain.Queries.Count; i++)
            add(joined, i);
        return joined.ToDomain(name);
    }

    private static TrainingDomain Domain(string name, int from)
    {
        var pairs = Things.Skip(from).Take(5).SelectMany(thing => Acts.Select(act => (Query: $"what {act} the {thing}", Document: $"{thing}.{act}(int count): a method"))).ToArray();
        return new TrainingDomain(name, [.. pairs.Select(pair => pair.Query)], [.. pairs.Select(pair => pair.Document)], [.. Enumerable.Range(0, pairs.Length).Select(i => (IReadOnlyList<int>)[i])]);
    }
}
