using Cde.Workbench.Corpora;
using Cde.Workbench.Text;

namespace Cde.Workbench.Mining;

/// <summary>
/// Takes hard negatives from the lists of several systems, such as those published for MS MARCO (spec ): of each system the first so many documents that
/// no rule drops and no system before has given. Queries without a negative are left out.
/// </summary>
/// <param name="data">Queries of a retrieval task (their ids find the lists), their positives, and the pool.</param>
/// <param name="options">Margins and limits; ranges, counts and choices are of searches and not read.</param>
public sealed class ListedNegatives(MiningData data, MiningOptions options)
{
    private readonly Dictionary<int, string> _alike = [];

    /// <summary>Documents taken from each system.</summary>
    /// <value>Default: 5, as cde.</value>
    public int PerSystem { get; init; } = 5;

    /// <summary>A guide model's scores; null for none.</summary>
    public ICandidateScores? Guide { get; init; }

    /// <summary>What reviewers decided; none by default.</summary>
    public ReviewDecisions Decisions { get; init; } = ReviewDecisions.None;

    /// <summary>Takes them.</summary>
    /// <param name="systems">The systems' lists, best first, by the ids of queries and documents.</param>
    /// <param name="scores">What margins and limits compare, positives included: a cross-encoder's scores, or a model's.</param>
    /// <param name="progress">Told after each query.</param>
    /// <param name="cancellationToken">Stops between queries.</param>
    /// <exception cref="CdeException">No list has a query or a document of the data, an option is out of range, or a score is missing.</exception>
    public MinedNegatives Mine(IReadOnlyList<RankedRun> systems, ICandidateScores scores, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options.Validate();
        var rows = data.PoolIds.Select((id, row) => (id, row)).ToDictionary(pair => pair.id, pair => pair.row, StringComparer.Ordinal);
        foreach (var system in systems)
        {
            if (!data.Queries.Any(query => query.Ids.Any(id => system.TryGetValue(id, out var list) && list.Any(document => rows.ContainsKey(document.DocumentId)))))
                throw new CdeException($"run {system.Name}: no query and document of it are of the corpus; give runs of the same corpus, by its ids");
        }

        var (mined, without) = (new List<MinedQuery>(data.Queries.Count), new List<int>());
        for (var query = 0; query < data.Queries.Count; query++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var found = Mine(query, systems, scores, rows);
            if (found.Negatives.Count > 0)
                mined.Add(found);
            else
                without.Add(query);
            progress?.Report(new WorkProgress("choosing negatives", query + 1, data.Queries.Count, "queries"));
        }

        return new MinedNegatives(data, options with { Count = PerSystem * systems.Count }, mined, without);
    }

    private MinedQuery Mine(int query, IReadOnlyList<RankedRun> systems, ICandidateScores scores, Dictionary<string, int> rows)
    {
        var source = data.Queries[query];
        double[] positives = [.. source.Positives.Select(row => scores.Score(query, row))];
        var rules = new CandidateRules(data, query, options, positives.Min(), Guide, Decisions, Alike);
        var (negatives, dropped, seen) = (new List<MinedNegative>(), new List<DroppedCandidate>(), new HashSet<int>());
        foreach (var system in systems)
        {
            var taken = 0;
            foreach (var (row, rank) in Listed(source, system, rows))
            {
                if (taken == PerSystem)
                    break;
                if (!seen.Add(row))
                    continue;
                var candidate = new Candidate(row, rank, scores.Score(query, row));
                if (rules.Drops(candidate) is { } rule)
                {
                    dropped.Add(new(row, rank, candidate.Score, rule));
                    continue;
                }

                negatives.Add(new MinedNegative(row, rank, candidate.Score, KeepReason.Listed, Guide?.Score(query, row), rules.IsSuspect(candidate)));
                taken++;
            }
        }

        var left = systems.SelectMany(system => Listed(source, system, rows)).Where(place => seen.Add(place.Row)).ToArray();
        dropped.AddRange(left.Select(place => new DroppedCandidate(place.Row, place.Rank, scores.Score(query, place.Row), DropRule.NotChosen)));
        return new MinedQuery(query, positives, negatives, dropped, negatives.Count + left.Length);
    }

    /// <summary>The documents of the pool in a system's list, with their ranks from 1.</summary>
    private static IEnumerable<(int Row, int Rank)> Listed(MiningQuery query, RankedRun system, Dictionary<string, int> rows) =>
        query.Ids.Where(system.ContainsKey).SelectMany(id => system[id])
            .Select((document, place) => (Row: rows.GetValueOrDefault(document.DocumentId, -1), Rank: place + 1))
            .Where(place => place.Row >= 0);

    private string Alike(int row)
    {
        if (!_alike.TryGetValue(row, out var text))
            _alike.Add(row, text = AlikeText.Of(data.Pool[row]));
        return text;
    }
}
