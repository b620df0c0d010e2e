using System.Numerics.Tensors;
using Cde.Workbench.Corpora;

namespace Cde.Workbench.Embedding.Exports;

/// <summary>The rows of a matrix with the documents they stand for, checked to belong together: what every export writes.</summary>
public sealed class DocumentVectors
{
    private readonly Corpus _corpus;
    private readonly int[] _positions;

    private DocumentVectors(EmbeddingMatrix matrix, Corpus corpus, int[] positions) => (Matrix, _corpus, _positions) = (matrix, corpus, positions);

    /// <summary>The vectors.</summary>
    public EmbeddingMatrix Matrix { get; }

    /// <summary>How many rows there are.</summary>
    public int Count => Matrix.Count;

    /// <summary>Joins a matrix and the corpus that it was made from, by id. Both stay the caller's and must outlive the result.</summary>
    /// <param name="matrix">N vectors.</param>
    /// <param name="corpus">Their documents, in any order; it may have more.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="CdeException">Ids do not join or occur twice, or rows hold NaN or infinity: counted, the first one named.</exception>
    public static DocumentVectors Join(EmbeddingMatrix matrix, Corpus corpus, CancellationToken cancellationToken = default)
    {
        CheckFinite(matrix, matrix.Provenance.CorpusName, cancellationToken);
        var positions = new int[matrix.Count];
        var seen = new bool[corpus.Count];
        var (unknown, firstUnknown) = (0, -1);
        for (var row = 0; row < positions.Length; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var at = positions[row] = corpus.IndexOf(matrix.Ids[row]);
            if (at < 0)
                (unknown, firstUnknown) = (unknown + 1, firstUnknown < 0 ? row : firstUnknown);
            else if (seen[at])
                throw new CdeException($"id \"{matrix.Ids[row]}\" has two rows in the vectors of {matrix.Provenance.CorpusName}, the second is row {row}; an id must be unique");
            else
                seen[at] = true;
        }

        return unknown == 0
            ? new DocumentVectors(matrix, corpus, positions)
            : throw new CdeException(
                $"{unknown} of {matrix.Count} ids of the vectors of {matrix.Provenance.CorpusName} are not in corpus {corpus.Name}, the first is \"{matrix.Ids[firstUnknown]}\" "
                + $"(row {firstUnknown}); give the corpus that was embedded");
    }

    /// <summary>Refuses a matrix with rows that are not made of finite numbers.</summary>
    /// <param name="matrix">The vectors.</param>
    /// <param name="name">What the message calls them.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="CdeException">There are such rows: how many, and the first one's id.</exception>
    public static void CheckFinite(EmbeddingMatrix matrix, string name, CancellationToken cancellationToken = default)
    {
        var (count, first) = (0, -1);
        for (var row = 0; row < matrix.Count; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!TensorPrimitives.IsFiniteAll<float>(matrix[row]))
                (count, first) = (count + 1, first < 0 ? row : first);
        }

        if (count > 0)
            throw new CdeException($"{count} of {matrix.Count} vectors of {name} hold NaN or infinity, the first is \"{matrix.Ids[first]}\" (row {first}); embed again");
    }

    /// <summary>The id of a row.</summary>
    public string Id(int row) => Matrix.Ids[row];

    /// <summary>The text of a row's document: title and text, as embedded.</summary>
    public string Text(int row) => _corpus[_positions[row]].FullText;
}
