using Cde.Workbench.Corpora;

namespace Cde.Workbench.Embedding.Exports;

/// <summary>One CSV file (RFC 4180) with a header: <c>id</c>, <c>text</c>, and a column for each number, <c>v0</c> and on. The text may hold line breaks, in quotes.</summary>
internal sealed class CsvFormat : VectorFormat
{
    private const string Vectors = "vectors.csv";
    private const int FirstNumber = 2;

    /// <inheritdoc/>
    public override string Name => "csv";

    /// <inheritdoc/>
    public override string Summary => "one CSV file with id, text and a column for each number (vectors.csv)";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Files => [Vectors];

    /// <inheritdoc/>
    internal override void Write(string folder, DocumentVectors documents, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        using var writer = new StreamWriter(Path.Combine(folder, Vectors)) { NewLine = "\n" };
        writer.WriteLine($"id,text,{string.Join(',', Enumerable.Range(0, documents.Matrix.Dimension).Select(column => $"v{column}"))}");
        foreach (var row in Rows(documents, progress, cancellationToken))
        {
            writer.Write(Field(OneLineId(documents, row)));
            writer.Write(',');
            writer.Write(Field(documents.Text(row)));
            writer.Write(',');
            NumberFields.Write(writer, documents.Matrix[row], ',');
            writer.WriteLine();
        }
    }

    /// <inheritdoc/>
    internal override EmbeddingMatrix Read(string folder, VectorManifest manifest)
    {
        var path = Path.Combine(folder, Vectors);
        var (values, ids) = (NumberFields.Room(path, manifest), new List<string>());
        foreach (var (line, fields) in DelimitedRows.ReadCsv(path).Skip(1))
        {
            if (ids.Count == manifest.Count)
                throw new CdeException($"{path} line {line}: more rows than the {manifest.Count} vectors of the export");
            NumberFields.Read(path, line, fields, FirstNumber, values.AsSpan(ids.Count * manifest.Dimension, manifest.Dimension));
            ids.Add(fields[0]);
        }

        return ids.Count == manifest.Count
            ? EmbeddingMatrix.FromRows(ids, values, manifest.Dimension, manifest.Provenance)
            : throw new CdeException($"{path} has {ids.Count} rows (expected {manifest.Count}); export again");
    }

    private static string Field(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
