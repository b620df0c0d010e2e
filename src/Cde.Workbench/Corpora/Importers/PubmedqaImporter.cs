namespace Cde.Workbench.Corpora;

/// <summary>PubMedQA's labelled part (Jin et al. 2019): questions that are titles of articles, and the abstracts without their conclusions.</summary>
internal sealed class PubmedqaImporter() : CollectionImporter("pubmedqa", "PubMedQA: ori_pqal.json")
{
    private const string Content = "ori_pqal.json";

    public override bool Fits(string path) => File(path, Content) is not null;

    public override IReadOnlyList<ImportedCollection> Read(string path, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        JsonFile.Read<IReadOnlyList<ImportedCollection>>(File(path, Content) ?? throw new CdeException($"{path} has no {Content}"), root =>
        {
            var (documents, queries, qrels) = (new List<Document>(), new List<Query>(), new Qrels());
            foreach (var entry in root.EnumerateObject())
            {
                documents.Add(new Document(entry.Name, string.Join(' ', entry.Value.GetProperty("CONTEXTS").EnumerateArray().Select(part => part.GetString()))));
                queries.Add(new Query(entry.Name, entry.Value.GetProperty("QUESTION").GetString()!));
                qrels.Add(entry.Name, entry.Name, 1);
            }

            return [Tested("pubmedqa", documents, queries, qrels)];
        });
}
