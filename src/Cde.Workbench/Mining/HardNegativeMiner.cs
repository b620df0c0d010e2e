using Cde.Workbench.Text;

namespace Cde.Workbench.Mining;

/// <summary>
/// Takes hard negatives from the documents that a search finds (spec A-8): every document found is kept with a reason or dropped by a named rule. Memory is the documents found,
/// queries times depth, whatever the size of the pool.
/// </summary>
/// <param name="data">Queries, their positives, and the pool.</param>
/// <param name="options">How.</param>
public sealed class HardNegativeMiner(MiningData data, MiningOptions options)
{
    private readonly Dictionary<int, string> _alike = [];

    /// <summary>A guide model's scores; null for none.</summary>
    public ICandidateScores? Guide { get; init; }

    /// <summary>A cross-encoder's scores, which take the place of the search's once its ranks are known; null for none.</summary>
    public ICandidateScores? Rescored { get; init; }

    /// <summary>What reviewers decided; none by default.</summary>
    public ReviewDecisions Decisions { get; init; } = ReviewDecisions.None;

    /// <summary>Documents that have to be found for each query.</summary>
    public int Depth => Math.Min(data.Pool.Count, options.Depth(data.Queries.Max(query => query.Positives.Count)));

    /// <summary>Mines.</summary>
    /// <param name="found">The best <see cref="Depth"/> documents of each query, best first, by their rows in the pool.</param>
    /// <param name="positiveScores">The search's score of each positive of each query.</param>
    /// <param name="progress">Told after each query.</param>
    /// <param name="cancellationToken">Stops between queries.</param>
    /// <exception cref="CdeException">An option is out of range, or a score is missing.</exception>
    public MinedNegatives Mine(
        IReadOnlyList<IReadOnlyList<FoundDocument>> found, IReadOnlyList<IReadOnlyList<double>> positiveScores, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options.Validate();
        var (mined, inconsistent) = (new List<MinedQuery>(data.Queries.Count), new List<int>());
        for (var query = 0; query < data.Queries.Count; query++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (IsConsistent(query, found[query]))
                mined.Add(Mine(query, found[query], positiveScores[query]));
            else
                inconsistent.Add(query);
            progress?.Report(new WorkProgress("choosing negatives", query + 1, data.Queries.Count, "queries"));
        }

        return new MinedNegatives(data, options, mined, inconsistent);
    }

    private bool IsConsistent(int query, IReadOnlyList<FoundDocument> found) =>
        options.PositiveWithin is not { } within || found.Take(within).Any(document => data.Queries[query].Positives.Contains(document.Row));

    private MinedQuery Mine(int query, IReadOnlyList<FoundDocument> found, IReadOnlyList<double> searchScores)
    {
        var positives = data.Queries[query].Positives;
        var scores = Rescored is { } scorer ? [.. positives.Select(row => scorer.Score(query, row))] : searchScores;
        var (rules, dropped, left) = (new CandidateRules(data, query, options, scores.Min(), Guide, Decisions, Alike), new List<DroppedCandidate>(), new List<Candidate>());
        var candidates = Ranked(query, found);
        foreach (var candidate in candidates)
        {
            if (rules.Drops(candidate) is { } rule)
                dropped.Add(new(candidate.Row, candidate.Rank, candidate.Score, rule));
            else
                left.Add(candidate);
        }

        var chosen = Choose(query, left, dropped, out var inRange);
        List<MinedNegative> negatives = [.. chosen.Select(candidate => new MinedNegative(
            candidate.Row, candidate.Rank, candidate.Score, options.Choice == NegativeChoice.Top ? KeepReason.Top : KeepReason.Drawn, Guide?.Score(query, candidate.Row),
            rules.IsSuspect(candidate)))];
        if (options.FillsRandomly)
            Fill(query, negatives, rules);
        return new MinedQuery(query, scores, negatives, [.. dropped.OrderBy(candidate => candidate.Rank)], inRange);
    }

    /// <summary>With the scores that count; a cross-encoder's order the candidates anew where ranks are counted over what is left.</summary>
    private IEnumerable<Candidate> Ranked(int query, IReadOnlyList<FoundDocument> found)
    {
        var candidates = found.Select((document, place) => new Candidate(document.Row, place + 1, Rescored?.Score(query, document.Row) ?? document.Score));
        return Rescored is null || options.RangeOrder == RangeOrder.Found ? candidates : candidates.OrderByDescending(candidate => candidate.Score);
    }

    private IReadOnlyList<Candidate> Choose(int query, List<Candidate> left, List<DroppedCandidate> dropped, out int inRange)
    {
        var range = new List<Candidate>();
        for (var place = 0; place < left.Count; place++)
        {
            var at = options.RangeOrder == RangeOrder.Found ? left[place].Rank - 1 : place;
            if (at >= options.RangeStart && at < options.LastRank)
                range.Add(left[place]);
            else
                Drop(left[place], at < options.RangeStart ? DropRule.BeforeRange : DropRule.AfterRange);
        }

        inRange = range.Count;
        if (range.Count <= options.Count)
            return range;
        int[] order = [.. Enumerable.Range(0, range.Count)];
        if (options.Choice == NegativeChoice.Random)
            SeededRandom.For(options.Seed, 1, query).Shuffle<int>(order);
        foreach (var place in order[options.Count..].Order())
            Drop(range[place], DropRule.NotChosen);
        return [.. order[..options.Count].Order().Select(place => range[place])];

        void Drop(Candidate candidate, DropRule rule) => dropped.Add(new(candidate.Row, candidate.Rank, candidate.Score, rule));
    }

    /// <summary>Random documents of the pool, none twice and none that a rule of texts drops.</summary>
    private void Fill(int query, List<MinedNegative> negatives, CandidateRules rules)
    {
        var taken = negatives.Select(negative => negative.Row).ToHashSet();
        var order = new Permutation(data.Pool.Count, options.Seed, 2, query);
        for (var place = 0L; place < data.Pool.Count && negatives.Count < options.Count; place++)
        {
            var row = (int)order[place];
            if (!taken.Contains(row) && rules.DropsText(row) is null)
                negatives.Add(new MinedNegative(row, null, double.NaN, KeepReason.Filled, Guide?.Score(query, row), false));
        }
    }

    private string Alike(int row)
    {
        if (!_alike.TryGetValue(row, out var text))
            _alike.Add(row, text = AlikeText.Of(data.Pool[row]));
        return text;
    }
}
