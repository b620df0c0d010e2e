namespace Cde.Workbench.Embedding.Exports;

/// <summary>A form in which vectors, ids and texts lie in a folder for other programs. One instance a form; adding one is one file and one line in <see cref="VectorFolder.Formats"/>.</summary>
public abstract class VectorFormat
{
    /// <summary>Its name, as commands take it.</summary>
    public abstract string Name { get; }

    /// <summary>What it is for, in one line.</summary>
    public abstract string Summary { get; }

    /// <summary>The files that it writes.</summary>
    public abstract IReadOnlyList<string> Files { get; }

    /// <summary>Writes the files into an empty folder.</summary>
    internal abstract void Write(string folder, DocumentVectors documents, IProgress<WorkProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Reads the files back.</summary>
    internal abstract EmbeddingMatrix Read(string folder, VectorManifest manifest);

    /// <summary>Runs over the rows, telling how far it is.</summary>
    private protected static IEnumerable<int> Rows(DocumentVectors documents, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        for (var row = 0; row < documents.Count; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (row % 1024 == 0)
                progress?.Report(new WorkProgress("exporting", row, documents.Count, "documents"));
            yield return row;
        }
    }

    /// <summary>An id for a form that holds one a line.</summary>
    /// <exception cref="CdeException">It has a tab or a line break.</exception>
    private protected string OneLineId(DocumentVectors documents, int row)
    {
        var id = documents.Id(row);
        return id.AsSpan().IndexOfAny("\t\n\r") < 0
            ? id
            : throw new CdeException($"the id of row {row} has a tab or a line break, which {Name} cannot hold in an id; export to faiss or postgresql, or name the document otherwise");
    }
}
