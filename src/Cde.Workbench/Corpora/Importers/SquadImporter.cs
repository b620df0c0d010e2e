using System.Globalization;
using System.Text.Json;

namespace Cde.Workbench.Corpora;

/// <summary>Question answering in SQuAD's form, such as XQuAD and CMRC 2018: a paragraph is a document, relevant to the questions that are asked of it. A file is a domain. Questions without text are left out.</summary>
internal sealed class SquadImporter() : CollectionImporter("squad", "SQuAD's form: a JSON file with articles, paragraphs and questions, or a folder of such files")
{
    public override bool Fits(string path) => Files(path).Any();

    public override IReadOnlyList<ImportedCollection> Read(string path, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        [.. Files(path).Select(file => JsonFile.Read(file, root => Read(Path.GetFileNameWithoutExtension(file), root)))];

    private static ImportedCollection Read(string name, JsonElement root)
    {
        var (documents, queries, qrels) = (new List<Document>(), new List<Query>(), new Qrels());
        var empty = new List<string>();
        var article = 0;
        foreach (var entry in root.GetProperty("data").EnumerateArray())
        {
            var paragraph = 0;
            foreach (var part in entry.GetProperty("paragraphs").EnumerateArray())
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"{article}-{paragraph++}"); // the article first: paragraphs of one article are each other's context
                documents.Add(new Document(id, part.GetProperty("context").GetString()!));
                foreach (var question in part.GetProperty("qas").EnumerateArray())
                {
                    var query = question.GetProperty("id").GetString()!;
                    var text = question.GetProperty("question").GetString()!;
                    if (string.IsNullOrWhiteSpace(text))
                    {
                        empty.Add(query);
                        continue;
                    }

                    queries.Add(new Query(query, text));
                    qrels.Add(query, id, 1);
                }
            }

            article++;
        }

        return Tested(name, documents, queries, qrels) with { QueriesWithoutText = empty };
    }

    private static IEnumerable<string> Files(string path)
    {
        IEnumerable<string> files = Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.json").Order(StringComparer.Ordinal) : System.IO.File.Exists(path) ? [path] : [];
        return files.Where(file => Path.GetExtension(file) == ".json" && IsOne(file));
    }

    // Large files are not parsed for the question: the articles stand in one list named data, of which the beginning tells.
    private static bool IsOne(string file)
    {
        Span<char> start = stackalloc char[4096];
        using var reader = new StreamReader(file);
        var head = start[..reader.ReadBlock(start)];
        return head.Contains("\"data\"", StringComparison.Ordinal) && head.Contains("\"paragraphs\"", StringComparison.Ordinal);
    }
}
