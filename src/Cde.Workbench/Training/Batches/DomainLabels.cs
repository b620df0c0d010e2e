namespace Cde.Workbench.Training;

/// <summary>What the training data says of the rows of a batch.</summary>
/// <param name="domain">The batch's domain.</param>
/// <param name="classes">The number of each class.</param>
/// <param name="scoreScale">What similarities are divided by.</param>
internal sealed class DomainLabels(TrainingDomain domain, IReadOnlyDictionary<string, int> classes, double scoreScale)
{
    private readonly HashSet<int>[] positives = [.. domain.Positives.Select(list => list.ToHashSet())];

    /// <summary>Numbers the classes of all domains in the order of their names; a name is one class wherever it stands.</summary>
    public static IReadOnlyDictionary<string, int> Number(IReadOnlyList<TrainingDomain> domains) => domains
        .SelectMany(domain => domain.Classes ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        .Select((name, number) => (name, number)).ToDictionary(entry => entry.name, entry => entry.number, StringComparer.Ordinal);

    /// <summary>How many texts each class has over all domains, by the numbers of the classes.</summary>
    public static IReadOnlyList<int> Sizes(IReadOnlyList<TrainingDomain> domains, IReadOnlyDictionary<string, int> classes)
    {
        var sizes = new int[classes.Count];
        foreach (var name in domains.SelectMany(domain => domain.Classes ?? []))
            sizes[classes[name]]++;
        return sizes;
    }

    /// <summary>The labels of a batch, without those of a guide.</summary>
    public BatchLabels Of(TrainingBatch batch) => new(Relevant(batch))
    {
        Similarities = domain.Similarities is { } all ? Array.ConvertAll(batch.Queries, row => (float)(all[row] / scoreScale)) : null,
        Classes = domain.Classes is { } names ? Array.ConvertAll(batch.Queries, row => (long)classes[names[row]]) : null,
        TeacherScores = domain.PositiveScores is null ? null : TeacherScores(batch),
    };

    /// <summary>(B, B + B n): whether candidate j of [documents | negatives] answers query i; j = i does.</summary>
    private bool[] Relevant(TrainingBatch batch)
    {
        int[] candidates = [.. batch.Documents, .. batch.Negatives];
        var relevant = new bool[batch.Queries.Length * candidates.Length];
        for (var i = 0; i < batch.Queries.Length; i++)
        {
            for (var j = 0; j < candidates.Length; j++)
                relevant[i * candidates.Length + j] = positives[batch.Queries[i]].Contains(candidates[j]);
        }

        return relevant;
    }

    /// <summary>(B, 1 + n), row by row: of the document, then of the hard negatives.</summary>
    private float[] TeacherScores(TrainingBatch batch)
    {
        var perQuery = batch.Negatives.Length / batch.Queries.Length;
        var scores = new List<float>(batch.Queries.Length * (1 + perQuery));
        for (var i = 0; i < batch.Queries.Length; i++)
        {
            var query = batch.Queries[i];
            scores.Add(Score(domain.Positives, domain.PositiveScores, query, batch.Documents[i]));
            for (var j = 0; j < perQuery; j++)
                scores.Add(Score(domain.Negatives!, domain.NegativeScores, query, batch.Negatives[i * perQuery + j]));
        }

        return [.. scores];
    }

    private static float Score(IReadOnlyList<IReadOnlyList<int>> rows, IReadOnlyList<IReadOnlyList<double>>? scores, int query, int document)
    {
        if (scores is null)
            return float.NaN;
        var place = 0;
        while (rows[query][place] != document)
            place++;
        return (float)scores[query][place];
    }
}
