using System.Text.RegularExpressions;
using Cde.Workbench.Corpora;

namespace Cde.Workbench.Embedding.Exports;

/// <summary>
/// The files that the embedding projector loads: <c>vectors.tsv</c>, one vector a line with tabs between the numbers and no header, and
/// <c>metadata.tsv</c>, with the header that two columns need, <c>id</c> and <c>text</c>. The form knows no quotes, so each run of white space in a text is one blank.
/// </summary>
internal sealed partial class ProjectorFormat : VectorFormat
{
    private const string Vectors = "vectors.tsv";
    private const string Metadata = "metadata.tsv";

    /// <inheritdoc/>
    public override string Name => "projector";

    /// <inheritdoc/>
    public override string Summary => "the embedding projector's vectors.tsv and metadata.tsv";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Files => [Vectors, Metadata];

    /// <inheritdoc/>
    internal override void Write(string folder, DocumentVectors documents, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        using var vectors = new StreamWriter(Path.Combine(folder, Vectors)) { NewLine = "\n" };
        using var metadata = new StreamWriter(Path.Combine(folder, Metadata)) { NewLine = "\n" };
        metadata.WriteLine("id\ttext");
        foreach (var row in Rows(documents, progress, cancellationToken))
        {
            NumberFields.Write(vectors, documents.Matrix[row], '\t');
            vectors.WriteLine();
            metadata.WriteLine($"{OneLineId(documents, row)}\t{Blanks().Replace(documents.Text(row), " ")}");
        }
    }

    /// <inheritdoc/>
    internal override EmbeddingMatrix Read(string folder, VectorManifest manifest)
    {
        var (path, names) = (Path.Combine(folder, Vectors), Path.Combine(folder, Metadata));
        var values = NumberFields.Room(path, manifest);
        var rows = 0;
        foreach (var (line, fields) in DelimitedRows.ReadTsv(path))
        {
            if (rows == manifest.Count)
                throw new CdeException($"{path} line {line}: more rows than the {manifest.Count} vectors of the export");
            NumberFields.Read(path, line, fields, 0, values.AsSpan(rows * manifest.Dimension, manifest.Dimension));
            rows++;
        }

        var ids = DelimitedRows.ReadTsv(names).Skip(1).Take(manifest.Count + 1).Select(row => row.Fields[0]).ToList();
        if (rows != manifest.Count)
            throw new CdeException($"{path} has {rows} rows (expected {manifest.Count}); export again");
        return ids.Count == rows
            ? EmbeddingMatrix.FromRows(ids, values, manifest.Dimension, manifest.Provenance)
            : throw new CdeException($"{names} does not have one line for each of the {rows} vectors; export again");
    }

    [GeneratedRegex(@"[\s\u0000\u0085\u2028\u2029]+")]
    private static partial Regex Blanks();
}
