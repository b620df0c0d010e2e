using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Cde.Workbench.Corpora;

/// <summary>
/// SciFact (Wadden et al. 2020) as a zip of tables: abstracts and claims, whose cited abstracts are relevant. The validation claims are the test split, as in BEIR.
/// </summary>
internal sealed partial class ScifactImporter() : CollectionImporter("scifact", "SciFact: scifact.zip with corpus_train.csv and claims_*.csv")
{
    private const string Archive = "scifact.zip";

    public override bool Fits(string path) => File(path, Archive) is not null;

    public override IReadOnlyList<ImportedCollection> Read(string path, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var file = File(path, Archive) ?? throw new CdeException($"{path} has no {Archive}");
        try
        {
            using var zip = ZipFile.OpenRead(file);
            var documents = Rows(file, zip, "corpus_train.csv", ["doc_id", "title", "abstract"])
                .Select(row => new Document(row[0], string.Join(' ', Sentences().Matches(row[2]).Select(Unquoted)), row[1])).ToList();
            var queries = new OrderedDictionary<string, Query>(StringComparer.Ordinal);
            var splits = new Dictionary<string, Qrels>
            {
                [ImportedCollection.Train] = Claims(file, zip, "claims_train.csv", queries),
                [ImportedCollection.Test] = Claims(file, zip, "claims_validation.csv", queries),
            };
            return [new ImportedCollection("scifact", documents, [.. queries.Values], splits)];
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new CdeException($"{file} cannot be read: {failure.Message}", failure);
        }
    }

    private static Qrels Claims(string file, ZipArchive zip, string name, OrderedDictionary<string, Query> queries)
    {
        var qrels = new Qrels();
        foreach (var row in Rows(file, zip, name, ["id", "claim", "cited_doc_ids"]))
        {
            queries.TryAdd(row[0], new Query(row[0], row[1]));
            foreach (var document in row[2].Trim('[', ']').Split(' ', StringSplitOptions.RemoveEmptyEntries))
                qrels.Add(row[0], document, 1); // a claim stands there once for each abstract of its evidence
        }

        return qrels;
    }

    private static IEnumerable<string[]> Rows(string file, ZipArchive zip, string name, string[] columns)
    {
        var entry = zip.GetEntry(name) ?? throw new CdeException($"{file} has no {name}; the collection is not whole");
        using var reader = new StreamReader(entry.Open());
        int[]? places = null;
        foreach (var row in DelimitedRows.ReadCsv($"{file}/{name}", Lines(reader)))
        {
            if (places is null)
            {
                places = [.. columns.Select(column => row.Fields.ToList().IndexOf(column))];
                if (places.Any(place => place < 0))
                    throw new CdeException($"{file}/{name}: columns {string.Join(", ", columns)} expected, found {string.Join(", ", row.Fields)}");
                continue;
            }

            if (row.Fields.Count <= places.Max())
                throw new CdeException($"{file}/{name} line {row.Line}: {row.Fields.Count} columns, expected {places.Max() + 1} or more");
            yield return [.. places.Select(place => row.Fields[place])];
        }
    }

    private static IEnumerable<(int Number, string Text)> Lines(StreamReader reader)
    {
        for (var number = 1; reader.ReadLine() is { } line; number++)
            yield return (number, line);
    }

    // The abstract is the text of a NumPy array: sentences in single or double quotes, with a backslash before a quote inside.
    [GeneratedRegex(@"'(?:[^'\\]|\\.)*'|""(?:[^""\\]|\\.)*""", RegexOptions.Singleline)]
    private static partial Regex Sentences();

    [GeneratedRegex(@"\\(['""\\])")]
    private static partial Regex Escapes();

    private static string Unquoted(Match sentence) => Escapes().Replace(sentence.Value[1..^1], "$1");
}
