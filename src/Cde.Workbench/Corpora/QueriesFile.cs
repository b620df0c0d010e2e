namespace Cde.Workbench.Corpora;

/// <summary>Files of queries: JSONL (<c>_id</c>, <c>text</c>) or lines of <c>id</c> tab <c>text</c>.</summary>
public static class QueriesFile
{
    /// <summary>Reads queries, in the order of the file.</summary>
    /// <exception cref="CdeException">The file is absent, a line breaks the format, an id occurs twice, or a text is empty: file, line and rule.</exception>
    public static IReadOnlyList<Query> Read(string path)
    {
        var isJson = path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase);
        var queries = new List<Query>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (number, line) in TextLines.Read(path))
        {
            var query = isJson ? FromJson(path, number, line) : FromColumns(path, number, line);
            if (string.IsNullOrWhiteSpace(query.Text))
                throw new CdeException($"{path} line {number}: field \"text\" is empty (id \"{query.Id}\")");
            if (!lines.TryAdd(query.Id, number))
                throw new CdeException($"{path} lines {lines[query.Id]} and {number}: the same id \"{query.Id}\"; ids must be unique");
            queries.Add(query);
        }

        return queries.Count > 0 ? queries : throw new CdeException($"{path} has no queries");
    }

    private static Query FromJson(string path, int number, string line)
    {
        var document = JsonlLine.Read(() => $"{path} line {number}", System.Text.Encoding.UTF8.GetBytes(line));
        return new Query(document.Id, document.Text);
    }

    private static Query FromColumns(string path, int number, string line)
    {
        var tab = line.IndexOf('\t', StringComparison.Ordinal);
        return tab > 0
            ? new Query(line[..tab].Trim(), line[(tab + 1)..].Trim())
            : throw new CdeException($"{path} line {number}: expected an id, a tab and a text");
    }
}
