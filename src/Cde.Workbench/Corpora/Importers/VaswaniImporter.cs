namespace Cde.Workbench.Corpora;

/// <summary>The NPL collection (Vaswani and Cameron 1970) in TREC's form: abstracts of radio and electronics.</summary>
internal sealed class VaswaniImporter() : CollectionImporter("vaswani", "Vaswani (NPL) in TREC's form: doc-text.trec, query-text.trec, qrels")
{
    public override bool Fits(string path) => Directory.Exists(path) && File(path, "doc-text.trec") is not null;

    public override IReadOnlyList<ImportedCollection> Read(string path, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default) =>
    [
        Tested(
            "vaswani",
            [.. TrecRecords.Documents(Required(path, "doc-text.trec")).Where(record => record.Text.Length > 0).Select(record => new Document(record.Id, record.Text))],
            [.. TrecRecords.Topics(Required(path, "query-text.trec")).Select(record => new Query(record.Id, record.Text))],
            QrelsFile.Read(Required(path, "qrels"))),
    ];
}
