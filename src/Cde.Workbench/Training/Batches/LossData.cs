using System.Globalization;
using Cde.Workbench.Corpora;
using Cde.Workbench.Training.Losses;

namespace Cde.Workbench.Training;

/// <summary>What a loss asks of the training data, and whether data has it.</summary>
/// <param name="Loss">The loss' name.</param>
/// <param name="Kind">What its rows are.</param>
/// <param name="NeedsTeacher">Whether each row needs a teacher's score of its document, and of its hard negatives where the batch has them.</param>
/// <param name="Bounds">Least and greatest similarity that the loss makes sense of; null where any will do.</param>
/// <param name="TakesSingleTexts">Whether a text may stand with itself: two passes that dropout tells apart.</param>
internal sealed record LossData(string Loss, TrainingDataKind Kind, bool NeedsTeacher, (double Least, double Greatest)? Bounds, bool TakesSingleTexts)
{
    /// <summary>Whether rows that are pairs must have hard negatives: a reranker learns from nothing else which document is wrong.</summary>
    public bool NeedsNegatives { get; private init; }

    /// <summary>Whether rows may be scored pairs in place of <see cref="Kind"/>.</summary>
    public bool TakesScoredPairs { get; private init; }

    /// <summary>What a loss asks for.</summary>
    public static LossData Of(LossChoice choice)
    {
        var inner = choice.Values() is MatryoshkaOptions nested ? LossCatalog.Get(nested.Inner) : choice.Declaration();
        if (inner.Family == LossFamily.Scores)
        {
            var isPointWise = inner.Name == BinaryCrossEntropy.Declaration.Name;
            return new LossData(choice.Name, TrainingDataKind.Pairs, false, isPointWise ? (0, 1) : null, false) { NeedsNegatives = true, TakesScoredPairs = isPointWise };
        }

        var kind = inner.Needs.HasFlag(LossInputs.ClassVectors) ? TrainingDataKind.Classes
            : inner.Needs.HasFlag(LossInputs.Labels) ? TrainingDataKind.ScoredPairs
            : TrainingDataKind.Pairs;
        return new LossData(choice.Name, kind, inner.Needs.HasFlag(LossInputs.TeacherScores), inner.SimilarityBounds, inner.Name == SimCse.Declaration.Name);
    }

    /// <summary>What it needs in words, with a line of a file that has it.</summary>
    public string Wanted => Kind switch
    {
        TrainingDataKind.ScoredPairs => $"scored pairs (form scored-pair: {TrainingForms.Get("scored-pair").Example})",
        TrainingDataKind.Classes => $"texts with classes (form point: {TrainingForms.Get("point").Example})",
        _ when NeedsTeacher => """a teacher's score of every positive and hard negative (form flag: {"query": "q", "pos": ["a"], "neg": ["b"], "pos_scores": [0.9], "neg_scores": [0.2]}; or form list-wise)""",
        _ => "pairs of a query and a text that answers it (forms pair, triplet, tuple, flag, medi, list-wise)",
    };

    /// <summary>The examples that can be rows.</summary>
    /// <param name="dataset">Whose they are.</param>
    /// <param name="examples">What it has.</param>
    /// <exception cref="CdeException">They are of another form.</exception>
    public IReadOnlyList<TrainingExample> Rows(string dataset, IReadOnlyList<TrainingExample> examples)
    {
        if (Kind != TrainingDataKind.Pairs)
        {
            var stranger = examples.FirstOrDefault(example => !(Kind == TrainingDataKind.ScoredPairs ? example.Score is not null && example.Positives.Count > 0 : example.Label is not null));
            return stranger is null && examples.Count > 0 ? examples
                : throw new CdeException($"training data: {dataset} {(stranger is null ? "has no training examples" : $"has other rows, such as \"{Short(stranger.Query)}\"")}; loss {Loss} needs {Wanted}");
        }

        if (KindOf(examples) == TrainingDataKind.ScoredPairs)
            return examples;
        if (examples.FirstOrDefault(example => example.Score is not null) is { } scored)
            throw new CdeException($"training data: {dataset} has scored pairs, such as \"{Short(scored.Query)}\", which need not answer each other; loss {Loss} needs {Wanted}");
        var pairs = examples.Where(example => example.Positives.Count > 0).ToList();
        if (pairs.Count > 0)
            return pairs;
        return TakesSingleTexts ? examples : throw new CdeException($"training data: {dataset} has single texts alone; loss {Loss} needs {Wanted}; loss simcse takes single texts");
    }

    /// <summary>What the rows of examples are to this loss.</summary>
    public TrainingDataKind KindOf(IReadOnlyList<TrainingExample> examples) =>
        TakesScoredPairs && examples.Count > 0 && examples.All(example => example.Score is not null && example.Positives.Count > 0) ? TrainingDataKind.ScoredPairs : Kind;

    /// <summary>Passes where the data has what the loss needs.</summary>
    /// <param name="domains">Training data.</param>
    /// <param name="negatives">Hard negatives a query in a batch.</param>
    /// <param name="scoreScale">What similarities are divided by.</param>
    /// <exception cref="CdeException">Names the first row that has not.</exception>
    public void Require(IReadOnlyList<TrainingDomain> domains, int negatives, double scoreScale)
    {
        foreach (var domain in domains)
        {
            if (Kind == TrainingDataKind.ScoredPairs || (TakesScoredPairs && domain.Similarities is not null))
                RequireSimilarities(domain, scoreScale);
            else if (domain.Similarities is not null)
                throw new CdeException($"training data: {domain.Name} has scored pairs, which need not answer each other; loss {Loss} needs {Wanted}");
            if (Kind == TrainingDataKind.Classes)
                RequireRows(domain, row => domain.Classes?[row] is { Length: > 0 }, "no class");
            if (NeedsNegatives && (domain.Similarities is null) == (negatives == 0))
            {
                throw new CdeException(negatives == 0
                    ? $"training data: {domain.Name} has pairs, and batch.negatives is 0; loss {Loss} needs a wrong document beside the right one: mine hard negatives, and set batch.negatives, such as to 7"
                    : $"training data: {domain.Name} has scored pairs, which have no hard negatives; leave batch.negatives out");
            }

            if (NeedsTeacher)
            {
                RequireRows(domain, row => domain.PositiveScores?[row].All(double.IsFinite) == true, "a document without a teacher's score");
                RequireRows(domain, row => negatives == 0 || domain.NegativeScores?[row].All(double.IsFinite) == true, "a hard negative without a teacher's score");
            }
        }
    }

    private void RequireSimilarities(TrainingDomain domain, double scale)
    {
        RequireRows(domain, row => domain.Similarities is { } all && double.IsFinite(all[row]), "no score");
        if (Bounds is not { } bounds)
            return;
        var off = domain.Similarities!.Select(value => value / scale).FirstOrDefault(value => value < bounds.Least || value > bounds.Greatest, double.NaN);
        if (!double.IsNaN(off))
            throw new CdeException(string.Create(CultureInfo.InvariantCulture,
                $"training data: {domain.Name} has the score {off * scale}, loss {Loss} takes {bounds.Least} to {bounds.Greatest}; divide the scores with data.scoreScale, such as their greatest, {domain.Similarities!.Max()}"));
    }

    private void RequireRows(TrainingDomain domain, Func<int, bool> holds, string lack)
    {
        for (var row = 0; row < domain.Queries.Count; row++)
        {
            if (!holds(row))
                throw new CdeException($"training data: {domain.Name}, text \"{Short(domain.Queries[row])}\" has {lack}; loss {Loss} needs {Wanted}");
        }
    }

    private static string Short(string text) => (text.Length <= 60 ? text : text[..59] + "…").ReplaceLineEndings(" ");
}
