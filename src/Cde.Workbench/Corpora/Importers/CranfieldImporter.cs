using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Cde.Workbench.Corpora;

/// <summary>
/// The Cranfield collection in SMART's form. Judgements number the queries by their place in the file and grade from 1, a complete answer, to 4, of minimum interest; here larger is better,
/// 4 to 1. The document that a query was made from (-1) has no grade; it counts 1, relevant.
/// </summary>
internal sealed partial class CranfieldImporter() : CollectionImporter("cranfield", "Cranfield in SMART's form: cran.all.1400, cran.qry, cranqrel")
{
    public override bool Fits(string path) => Directory.Exists(path) && File(path, "cran.all.1400") is not null;

    public override IReadOnlyList<ImportedCollection> Read(string path, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var documents = Records(Required(path, "cran.all.1400")).Select(record =>
        {
            var (title, text) = (record.Fields.GetValueOrDefault('T', ""), record.Fields.GetValueOrDefault('W', ""));
            return new Document(record.Id, text.StartsWith(title, StringComparison.Ordinal) ? text[title.Length..].Trim() : text, title); // most texts repeat the title
        }).Where(document => document.FullText.Length > 0).ToList();
        var queries = Records(Required(path, "cran.qry")).Select((record, place) =>
            new Query((place + 1).ToString(CultureInfo.InvariantCulture), record.Fields.GetValueOrDefault('W', ""))).ToList();
        var file = Required(path, "cranqrel");
        var qrels = new Qrels();
        foreach (var (number, line) in TextLines.Read(file))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 3 || !int.TryParse(fields[2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code) || code is < -1 or 0 or > 5)
                throw new CdeException($"{file} line {number}: expected a query, a document and a code of 1 to 5 or -1");
            qrels.Add(fields[0], fields[1], code < 0 ? 1 : 5 - code);
        }

        return [Tested("cranfield", documents, queries, qrels)];
    }

    private static IEnumerable<(string Id, Dictionary<char, string> Fields)> Records(string path)
    {
        var text = System.IO.File.ReadAllText(path, Encoding.Latin1);
        var starts = Starts().Matches(text);
        for (var i = 0; i < starts.Count; i++)
        {
            var end = i + 1 < starts.Count ? starts[i + 1].Index : text.Length;
            var fields = new Dictionary<char, string>();
            var parts = Parts().Split(text[(starts[i].Index + starts[i].Length)..end]);
            for (var part = 1; part + 1 < parts.Length; part += 2)
                fields.TryAdd(parts[part][0], Blanks().Replace(parts[part + 1], " ").Trim());
            yield return (starts[i].Groups[1].Value, fields);
        }
    }

    [GeneratedRegex(@"^\.I\s+(\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Starts();

    [GeneratedRegex(@"^\.([TABWX])\s*$", RegexOptions.Multiline)]
    private static partial Regex Parts();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
