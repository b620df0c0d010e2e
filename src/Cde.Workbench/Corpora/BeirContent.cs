namespace Cde.Workbench.Corpora;

/// <summary>A folder as BEIR lays it out.</summary>
internal sealed class BeirContent(string folder, string name, EmptyTexts emptyTexts, IProgress<WorkProgress>? progress) : DatasetContent
{
    private const string TrainingSplit = "train";

    private readonly Lazy<RetrievalTask> _task = new(() => BeirFolder.Open(folder, name, split: null, emptyTexts, progress));

    public override string Hash => _task.Value.Corpus.Hash;

    public override Corpus Corpus(string? domain) => _task.Value.Corpus;

    public override RetrievalTask Task(string? domain) => _task.Value;

    /// <summary>The judged queries of the split <c>train</c> with their relevant documents; none where there is no such split.</summary>
    public override IEnumerable<TrainingExample> TrainingExamples(string? domain)
    {
        if (!BeirFolder.Splits(folder).Contains(TrainingSplit) || BeirFolder.Splits(folder).Count == 1)
            yield break;
        var train = BeirFolder.Open(folder, name, TrainingSplit, emptyTexts);
        using var corpus = train.Corpus;
        foreach (var query in train.Queries)
        {
            var positions = train.Qrels[query.Id].Where(judged => judged.Value > 0).Select(judged => corpus.IndexOf(judged.Key)).Where(position => position >= 0);
            var positives = positions.Select(position => corpus[position].FullText).ToList();
            if (positives.Count > 0)
                yield return new TrainingExample(query.Text, positives, []);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (_task.IsValueCreated)
            _task.Value.Corpus.Dispose();
    }
}
