using System.Globalization;
using System.Text.RegularExpressions;
using Cde.Workbench.Evaluation.Measures;

namespace Cde.Workbench.Evaluation;

/// <summary>
/// A measure with its parameters, as the field writes them (the notation of ir_measures): <c>nDCG@10</c>, <c>P(rel=2)@5</c>, <c>MAP</c>. What is read
/// and printed again is the same measure.
/// </summary>
public sealed partial record Measure
{
    private static readonly Catalog<IMeasure> Declarations = new(
        "measure",
        NamesOf,
        new Ndcg(), new AveragePrecision(), new ReciprocalRank(), new Recall(), new CappedRecall(), new Precision(), new Success(), new RPrecision(), new Hole());

    private Measure(IMeasure declaration, int? cutoff, int relevance) => (Declaration, Cutoff, Relevance) = (declaration, cutoff, relevance);

    /// <summary>Every measure there is: the program's, then those that were added.</summary>
    public static IReadOnlyList<IMeasure> All => Declarations.All;

    /// <summary>What a retrieval result is scored by where nothing else is asked for.</summary>
    public static IReadOnlyList<Measure> Default { get; } = [.. new[] { "nDCG@10", "MAP@100", "MRR@10", "Recall@100", "P@10" }.Select(Parse)];

    /// <summary>The measure.</summary>
    public IMeasure Declaration { get; }

    /// <summary>How many documents of a list count; null for all.</summary>
    public int? Cutoff { get; }

    /// <summary>The lowest grade that is relevant (trec_eval's <c>-l</c>). <value>1 by default.</value></summary>
    public int Relevance { get; }

    /// <summary>Its name with its parameters.</summary>
    public string Name => string.Create(
        CultureInfo.InvariantCulture, $"{Declaration.Name}{(Relevance > 1 ? $"(rel={Relevance})" : "")}{(Cutoff is { } cutoff ? $"@{cutoff}" : "")}");

    /// <summary>Adds a measure for as long as the process lives: <see cref="Parse"/> and <c>evaluate --measure</c> then take its name. One added before under the same name is replaced.</summary>
    /// <exception cref="CdeException">The program itself has a measure of one of its names.</exception>
    public static void Add(IMeasure declaration) => Declarations.Add(declaration);

    /// <summary>Reads a name: <c>nDCG@10</c>, <c>recall@100</c>, <c>P(rel=2)@5</c>. Case does not matter.</summary>
    /// <exception cref="CdeException">There is no such measure, or a parameter is unknown, missing, unwanted or not a positive whole number.</exception>
    public static Measure Parse(string name)
    {
        var parts = Notation().Match(name);
        var word = parts.Success ? parts.Groups["name"].Value : name.Split('@', '(')[0].Trim();
        var declaration = All.FirstOrDefault(measure => NamesOf(measure).Contains(word, StringComparer.OrdinalIgnoreCase))
            ?? throw new CdeException($"there is no measure \"{name}\"; {NearestNames.Suggest(word, All.SelectMany(NamesOf))}");
        if (!parts.Success)
            throw new CdeException($"measure \"{name}\" is not written as NAME, NAME@10 or NAME(rel=2)@10, with a cut-off that is a whole number from 1");
        return new Measure(declaration, CutoffOf(declaration, parts.Groups["cutoff"], name), RelevanceOf(declaration, parts.Groups["parameters"], name));
    }

    /// <summary>The value for one query.</summary>
    public double Compute(JudgedRanking ranking) => Declaration.Compute(Relevance > 1 ? ranking.FromGrade(Relevance) : ranking, Cutoff ?? int.MaxValue);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static int? CutoffOf(IMeasure declaration, Group written, string name)
    {
        if (!written.Success)
        {
            return declaration.NeedsCutoff
                ? throw new CdeException($"measure {declaration.Name} needs a cut-off: {declaration.Name}@10")
                : null;
        }

        if (!declaration.TakesCutoff)
            throw new CdeException($"measure {declaration.Name} takes no cut-off, but \"{name}\" has one");
        return int.TryParse(written.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var cutoff) && cutoff >= 1
            ? cutoff
            : throw new CdeException($"measure \"{name}\" has no cut-off that is a whole number from 1: {declaration.Name}@10");
    }

    private static int RelevanceOf(IMeasure declaration, Group written, string name)
    {
        if (!written.Success)
            return 1;
        if (written.Value.Split('=', StringSplitOptions.TrimEntries) is not [var parameter, var value] || !parameter.Equals("rel", StringComparison.OrdinalIgnoreCase))
            throw new CdeException($"measure \"{name}\" has parameters ({written.Value}); the one there is is rel, the lowest grade that is relevant: {declaration.Name}(rel=2)");
        if (!declaration.TakesRelevance)
            throw new CdeException($"measure {declaration.Name} takes no rel, but \"{name}\" has one: it does not ask what is relevant");
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var relevance) && relevance >= 1
            ? relevance
            : throw new CdeException($"measure \"{name}\" has rel={value}; it must be a whole number from 1");
    }

    private static IEnumerable<string> NamesOf(IMeasure measure) => measure.OtherNames.Prepend(measure.Name);

    [GeneratedRegex(@"^\s*(?<name>[A-Za-z_]+)\s*(\((?<parameters>[^()]*)\))?\s*(@\s*(?<cutoff>[^@()\s]+))?\s*\z")]
    private static partial Regex Notation();
}
