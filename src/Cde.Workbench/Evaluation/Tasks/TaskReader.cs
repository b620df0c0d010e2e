namespace Cde.Workbench.Evaluation;

/// <summary>Tasks from records, in MTEB's field names and the usual others.</summary>
internal static class TaskReader
{
    /// <summary>What fields each kind has, in words.</summary>
    public const string Fields =
        "sentence1, sentence2, score (similarity); sentence1, sentence2, label 0 or 1 (pairs); query, positive, negative (reranking); text, label (clustering, or train and test files for classification); "
        + "human_summaries, machine_summaries, relevance (summarisation)";

    private static readonly string[] First = ["sentence1", "sent1", "text1"];
    private static readonly string[] Second = ["sentence2", "sent2", "text2"];
    private static readonly string[] Score = ["score", "similarity_score"];
    private static readonly string[] Label = ["label", "labels", "category", "intent", "cluster"];
    private static readonly string[] Text = ["text", "sentence", "sentences"];
    private static readonly string[] Positive = ["positive", "pos"];
    private static readonly string[] Negative = ["negative", "neg"];

    /// <summary>The kind that a record's fields say; null for none.</summary>
    public static TaskKind? KindOf(TaskRecord record) =>
        record.Has("machine_summaries") ? TaskKind.Summarisation
        : record.Has("query") && record.Has(Positive) ? TaskKind.Reranking
        : record.Has(First) && record.Has(Second) && record.Has(Score) ? TaskKind.Sts
        : record.Has(First) && record.Has(Second) && record.Has(Label) ? TaskKind.PairClassification
        : record.Has(Text) && record.Has(Label) ? TaskKind.Clustering
        : null;

    /// <summary>Reads a task.</summary>
    /// <param name="info">What it is; its path is the file that is scored.</param>
    /// <param name="train">The file to learn from, for classification.</param>
    /// <exception cref="CdeException">A record is not as its kind needs: file, line and rule.</exception>
    public static EvaluationTask Read(TaskInfo info, string? train) => info.Kind switch
    {
        TaskKind.Sts => new StsTask(info, Some<ScoredPair>(info, record => [new ScoredPair(record.Text(First), record.Text(Second), record.Number([.. Score, "label"]))])),
        TaskKind.PairClassification => new PairClassificationTask(info, Some(info, Pairs)),
        TaskKind.Reranking => new RerankingTask(info, Some<RankedCandidates>(info, record => [new RankedCandidates(record.Texts("query"), record.Texts(Positive), record.Texts(Negative))])),
        TaskKind.Summarisation => new SummarisationTask(info, Some<JudgedSummaries>(info, record => [new JudgedSummaries(record.Texts("human_summaries"), record.Texts("machine_summaries"), record.Numbers("relevance"))])),
        TaskKind.Clustering => new ClusteringTask(info, Sets(info)),
        TaskKind.Classification => new ClassificationTask(
            info,
            Some(info with { Path = train ?? throw new CdeException($"{info.Path}: classification needs a file to learn from; expected a folder with train and test files") }, Labelled),
            Some(info, Labelled)),
        _ => throw new CdeException($"{info.Path}: {info.Kind} is read from a BEIR folder or a collection, not from one file"),
    };

    private static List<T> Some<T>(TaskInfo info, Func<TaskRecord, IReadOnlyList<T>> read)
    {
        var all = TaskRecords.Read(info.Path).SelectMany(read).ToList();
        return all.Count > 0 ? all : throw new CdeException($"{info.Path} has no records");
    }

    /// <summary>A pair a record, or lists of first texts, second texts and labels, as MTEB's older files have them.</summary>
    private static IReadOnlyList<LabelledPair> Pairs(TaskRecord record)
    {
        var (first, second, labels) = (record.Texts(First), record.Texts(Second), record.Numbers(Label));
        if (first.Count != second.Count || first.Count != labels.Count)
            throw new CdeException($"{record.Place}: {first.Count} first texts, {second.Count} second ones and {labels.Count} labels; there must be as many of each");
        return [.. first.Select((text, i) => new LabelledPair(text, second[i], labels[i] switch
        {
            0 => false,
            1 => true,
            var other => throw new CdeException(FormattableString.Invariant($"{record.Place}: label {other} is neither 0 nor 1")),
        }))];
    }

    private static IReadOnlyList<LabelledText> Labelled(TaskRecord record)
    {
        var (texts, labels) = (record.Texts(Text), record.Texts(Label));
        if (texts.Count != labels.Count)
            throw new CdeException($"{record.Place}: {texts.Count} texts and {labels.Count} labels; each text needs one");
        return [.. texts.Zip(labels, (text, label) => string.IsNullOrWhiteSpace(text) || label.Length == 0
            ? throw new CdeException($"{record.Place}: a text or its label is empty")
            : new LabelledText(text, label))];
    }

    /// <summary>A set a record where records have lists, as MTEB's older files; else all records are one set.</summary>
    private static List<IReadOnlyList<LabelledText>> Sets(TaskInfo info)
    {
        var records = TaskRecords.Read(info.Path).ToList();
        if (records.Count == 0)
            throw new CdeException($"{info.Path} has no records");
        return records[0].IsList(Text) ? [.. records.Select(Labelled)] : [[.. records.SelectMany(Labelled)]];
    }
}
