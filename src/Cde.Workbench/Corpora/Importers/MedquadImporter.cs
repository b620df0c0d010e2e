using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Cde.Workbench.Corpora;

/// <summary>
/// MedQuAD (Ben Abacha and Demner-Fushman 2019): questions with answers from nine sites of the NIH, a domain each. The same question is asked of many diseases, so a query names the disease
/// first where the question does not. Questions whose answers were removed are left out.
/// </summary>
internal sealed partial class MedquadImporter() : CollectionImporter("medquad", "MedQuAD: MedQuAD.tar.gz, a domain for each site with answers")
{
    private const string Archive = "MedQuAD.tar.gz";

    public override bool Fits(string path) => File(path, Archive) is not null;

    public override IReadOnlyList<ImportedCollection> Read(string path, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var file = File(path, Archive) ?? throw new CdeException($"{path} has no {Archive}");
        var domains = new SortedDictionary<string, (List<Document> Documents, List<Query> Queries, Qrels Qrels)>(StringComparer.Ordinal);
        var pages = 0;
        foreach (var (name, content) in TarEntries.Read(file, cancellationToken).Where(entry => entry.Name.EndsWith(".xml", StringComparison.Ordinal)))
        {
            if (++pages % 1000 == 0)
                progress?.Report(new WorkProgress("reading", pages, 0, "pages"));
            foreach (var (place, question, answer) in Pairs($"{file}/{name}", content))
            {
                var id = $"{Path.GetFileNameWithoutExtension(name)}-{place}"; // ids in the pages repeat
                var site = Site().Match(name).Groups[1].Value;
                if (!domains.TryGetValue(site, out var domain))
                    domains.Add(site, domain = ([], [], new Qrels()));
                domain.Documents.Add(new Document(id, answer));
                domain.Queries.Add(new Query(id, question));
                domain.Qrels.Add(id, id, 1);
            }
        }

        return [.. domains.Select(entry => Tested($"medquad-{entry.Key}", entry.Value.Documents, entry.Value.Queries, entry.Value.Qrels))];
    }

    private static IEnumerable<(int Place, string Question, string Answer)> Pairs(string where, byte[] content)
    {
        XElement root;
        try
        {
            using var stream = new MemoryStream(content);
            root = XElement.Load(stream);
        }
        catch (XmlException failure)
        {
            throw new CdeException($"{where} line {failure.LineNumber}: not valid XML: {failure.Message}", failure);
        }

        var focus = Line(root.Element("Focus")?.Value);
        var place = 0;
        foreach (var pair in root.Descendants("QAPair"))
        {
            place++;
            var (question, answer) = (Line(pair.Element("Question")?.Value), Line(pair.Element("Answer")?.Value));
            if (question.Length == 0 || answer.Length == 0)
                continue;
            yield return (place, question.Contains(focus, StringComparison.OrdinalIgnoreCase) ? question : $"{focus}: {question}", answer);
        }
    }

    private static string Line(string? text) => Blanks().Replace(text ?? "", " ").Trim();

    [GeneratedRegex(@"^(?:\./)?\d+_([^/]+?)_QA")]
    private static partial Regex Site();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
