using Cde.Workbench;
using Cde.Workbench.Contexts;
using Cde.Workbench.Corpora;

namespace Cde.Kernels.Displays;

/// <summary>Corpora and what is chosen from them: their identity and their first documents. No document beyond those is read.</summary>
internal static class CorpusDisplay
{
    /// <summary>The corpus, minicorpus or task; null for anything else.</summary>
    public static Node? Describe(object value, Description at) => value switch
    {
        Corpus corpus => Of("Corpus", $"{corpus.Name}, {Shown.Count(corpus.Count)} documents, {ContentHash.Short(corpus.Hash)}", corpus, corpus.Count, at),
        Minicorpus chosen => Of("Minicorpus", $"{Shown.Count(chosen.Size)} documents of {chosen.Source.Name}, {chosen.Sampler}, seed {chosen.Seed}", chosen.Documents, chosen.Size, at),
        RetrievalTask task => new Fields("RetrievalTask", task.Name,
        [
            new Field("Corpus", at.Part(task.Corpus)),
            new Field("Queries", at.Part(task.Queries)),
            new Field("Qrels", at.Part(task.Qrels)),
        ]),
        Qrels qrels => new Leaf($"Qrels: {Shown.Count(qrels.Count)} judgements of {Shown.Count(qrels.QueryIds.Count)} queries"),
        _ => null,
    };

    private static Node Of(string kind, string identity, IEnumerable<Document> documents, int count, Description at)
    {
        if (!at.IsWhole)
            return new Leaf($"{kind} {identity}");
        var shown = documents.Take(at.Limits.Items).ToList();
        var rows = shown.Select((document, index) => new Node?[]
        {
            Columns.Index(index), at.Text(document.Id), at.Text(document.Title ?? ""), at.Text(document.Text), Number(document.Text.Length),
        }).ToList();
        return new Grid(["#", "id", "title", "text", "characters"], rows)
        {
            Title = $"{kind} {identity}",
            HasCaption = true,
            Note = shown.Count < count ? $"the first {shown.Count} of {Shown.Count(count)} documents" : "",
        };
    }

    private static Leaf Number(int value) => new(Shown.Count(value), LeafKind.Number, (double)value);
}
