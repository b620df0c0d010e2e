using System.Text;

namespace Cde.Workbench.Corpora;

/// <summary>
/// The CACM collection: a page an article, of which the first paragraph is the title. Judgements write some ids without leading zeros; they are put in.
/// </summary>
internal sealed class CacmImporter() : CollectionImporter("cacm", "CACM: cacm.tar.gz, topics.cacm.txt, qrels.cacm.txt")
{
    private const string Prefix = "CACM-";

    public override bool Fits(string path) => Directory.Exists(path) && File(path, "cacm.tar.gz") is not null;

    public override IReadOnlyList<ImportedCollection> Read(string path, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var documents = TarEntries.Read(Required(path, "cacm.tar.gz"), cancellationToken).Where(entry => entry.Name.EndsWith(".html", StringComparison.Ordinal))
            .Select(entry => Document(Path.GetFileNameWithoutExtension(entry.Name), Encoding.Latin1.GetString(entry.Content))).Where(document => document.FullText.Length > 0).ToList();
        var judged = QrelsFile.Read(Required(path, "qrels.cacm.txt"));
        var qrels = new Qrels();
        foreach (var query in judged.QueryIds)
        {
            foreach (var (document, grade) in judged[query])
                qrels.Add(query, Padded(document), grade);
        }

        return [Tested("cacm", documents, [.. TrecRecords.Documents(Required(path, "topics.cacm.txt")).Select(record => new Query(record.Id, record.Text))], qrels)];
    }

    private static Document Document(string id, string page)
    {
        var paragraphs = page.Replace("\r", "", StringComparison.Ordinal).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(TrecRecords.Plain).Where(text => text.Length > 0 && !text.All(letter => char.IsAsciiDigit(letter) || letter == ' ')).ToList(); // the last lines count citations
        return paragraphs.Count == 0 ? new Document(id, "") : new Document(id, string.Join(' ', paragraphs.Skip(1)), paragraphs[0]);
    }

    private static string Padded(string id) => id.StartsWith(Prefix, StringComparison.Ordinal) ? Prefix + id[Prefix.Length..].PadLeft(4, '0') : id;
}
