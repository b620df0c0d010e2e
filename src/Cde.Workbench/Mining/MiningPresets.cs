namespace Cde.Workbench.Mining;

/// <summary>The miners of the field by name, as options.</summary>
public static class MiningPresets
{
    /// <summary>Every preset with its options (spec A-8).</summary>
    public static IReadOnlyDictionary<string, (string Description, MiningOptions Options)> All { get; } = new OrderedDictionary<string, (string, MiningOptions)>
    {
        ["sentence-transformers"] = ("the best three that are no positives (mine_hard_negatives)", new MiningOptions()),
        ["flag-embedding"] = (
            "15 random ones of ranks 10 to 210, filled up at random (hn_mine)",
            new MiningOptions { Count = 15, RangeStart = 10, RangeEnd = 210, RangeOrder = RangeOrder.Found, Choice = NegativeChoice.Random, FillsRandomly = true }),
        ["open-retrievals"] = (
            "as flag-embedding (build_hn), filled up from the pool",
            new MiningOptions { Count = 15, RangeStart = 10, RangeEnd = 210, RangeOrder = RangeOrder.Found, Choice = NegativeChoice.Random, FillsRandomly = true }),
        ["nv-retriever"] = (
            "the best four below 95 % of the positive's score (TopK-PercPos; Moreira et al. 2024)",
            new MiningOptions { Count = 4, RelativeMargin = 0.05, RangeEnd = 100 }),
        ["consistency"] = (
            "pairs whose positive is among the best two, and the best 30 strictly below it, filled up at random (contrastors)",
            new MiningOptions { Count = 30, AbsoluteMargin = 0, DropsEqual = true, PositiveWithin = 2, FillsRandomly = true, RangeEnd = 100 }),
        ["ms-marco"] = ("all that score at least 3 below the lowest positive, of lists given by several systems (cde)", new MiningOptions { AbsoluteMargin = 3 }),
    };

    /// <summary>A preset by name.</summary>
    /// <exception cref="CdeException">There is none of that name.</exception>
    public static MiningOptions Get(string name) =>
        All.TryGetValue(name, out var found) ? found.Options : throw new CdeException($"mining: there is no preset {name}; {NearestNames.Suggest(name, All.Keys)}");
}
