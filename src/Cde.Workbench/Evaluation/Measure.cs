using System.Globalization;
using Cde.Workbench.Evaluation.Measures;

namespace Cde.Workbench.Evaluation;

/// <summary>A measure with its cut-off, as people write it: <c>nDCG@10</c>.</summary>
public sealed record Measure
{
    private Measure(IMeasure declaration, int? cutoff) => (Declaration, Cutoff) = (declaration, cutoff);

    /// <summary>Every measure there is.</summary>
    public static IReadOnlyList<IMeasure> All { get; } =
        [new Ndcg(), new AveragePrecision(), new ReciprocalRank(), new Recall(), new Precision(), new Success(), new RPrecision()];

    /// <summary>What a retrieval result is scored by where nothing else is asked for.</summary>
    public static IReadOnlyList<Measure> Default { get; } = [.. new[] { "nDCG@10", "MAP@100", "MRR@10", "Recall@100", "P@10" }.Select(Parse)];

    /// <summary>The measure.</summary>
    public IMeasure Declaration { get; }

    /// <summary>How many documents of a list count; null for all.</summary>
    public int? Cutoff { get; }

    /// <summary>Its name with the cut-off.</summary>
    public string Name => Cutoff is { } cutoff ? string.Create(CultureInfo.InvariantCulture, $"{Declaration.Name}@{cutoff}") : Declaration.Name;

    /// <summary>Reads a name: <c>nDCG@10</c>, <c>recall@100</c>, <c>MAP</c>. Case does not matter.</summary>
    /// <exception cref="CdeException">There is no such measure, or its cut-off is missing, unwanted or not a positive whole number.</exception>
    public static Measure Parse(string name)
    {
        var parts = name.Split('@');
        var declaration = All.FirstOrDefault(measure => NamesOf(measure).Contains(parts[0].Trim(), StringComparer.OrdinalIgnoreCase))
            ?? throw new CdeException($"there is no measure \"{name}\"; {NearestNames.Suggest(parts[0], All.SelectMany(NamesOf))}");
        if (parts.Length == 1)
        {
            return declaration.NeedsCutoff
                ? throw new CdeException($"measure {declaration.Name} needs a cut-off: {declaration.Name}@10")
                : new Measure(declaration, null);
        }

        if (!declaration.TakesCutoff)
            throw new CdeException($"measure {declaration.Name} takes no cut-off, but \"{name}\" has one");
        if (parts.Length > 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var cutoff) || cutoff < 1)
            throw new CdeException($"measure \"{name}\" has no cut-off that is a whole number from 1: {declaration.Name}@10");
        return new Measure(declaration, cutoff);
    }

    /// <summary>The value for one query.</summary>
    public double Compute(JudgedRanking ranking) => Declaration.Compute(ranking, Cutoff ?? int.MaxValue);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static IEnumerable<string> NamesOf(IMeasure measure) => measure.OtherNames.Prepend(measure.Name);
}
