using System.Globalization;

namespace Cde.Workbench.Corpora;

/// <summary>
/// TREC run files: <c>query Q0 document rank score name</c>. As trec_eval does, the rank is not read: the score orders. Lines that start with #
/// are comments; what follows the name is ignored.
/// </summary>
public static class RunFile
{
    /// <summary>Reads a run. Lists come out in the order of the file.</summary>
    /// <exception cref="CdeException">The file is absent, or a line breaks the format: file, line and rule.</exception>
    public static RankedRun Read(string path)
    {
        var lists = new OrderedDictionary<string, (List<ScoredDocument> Documents, Dictionary<string, int> Lines)>(StringComparer.Ordinal);
        var name = "";
        foreach (var (number, line) in TextLines.Read(path))
        {
            if (line[0] == '#')
                continue;
            var columns = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length < 6)
                throw new CdeException($"{path} line {number}: {columns.Length} columns; expected 6 (query, Q0, document, rank, score, name)");
            if (!double.TryParse(columns[4], NumberStyles.Float, CultureInfo.InvariantCulture, out var score) || !double.IsFinite(score))
                throw new CdeException($"{path} line {number}: score \"{columns[4]}\" is not a number; expected a finite one, higher for better documents");
            if (!lists.TryGetValue(columns[0], out var list))
                lists.Add(columns[0], list = ([], new(StringComparer.Ordinal)));
            if (!list.Lines.TryAdd(columns[2], number))
            {
                throw new CdeException(
                    $"{path} lines {list.Lines[columns[2]]} and {number}: document {columns[2]} occurs twice for query {columns[0]}; keep one of the lines, as trec_eval asks too");
            }

            list.Documents.Add(new ScoredDocument(columns[2], score));
            name = columns[5];
        }

        if (lists.Count == 0)
            throw new CdeException($"{path} has no ranked documents");
        var run = new RankedRun(name);
        foreach (var (queryId, list) in lists)
            run.Add(queryId, list.Documents);
        return run;
    }

    /// <summary>Writes a run: ranks count from 1 in the order of the lists, scores in the shortest form that reads back the same.</summary>
    /// <exception cref="CdeException">An id or the name has white space, or the file cannot be written.</exception>
    public static void Write(string path, RankedRun run) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        var name = TrecId.Check(path, run.Name);
        foreach (var (queryId, documents) in run)
        {
            TrecId.Check(path, queryId);
            for (var index = 0; index < documents.Count; index++)
            {
                var (documentId, score) = documents[index];
                writer.WriteLine(
                    string.Create(CultureInfo.InvariantCulture, $"{queryId} Q0 {TrecId.Check(path, documentId)} {index + 1} {score:R} {name}"));
            }
        }
    });
}
