using System.Globalization;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;

namespace Cde.Workbench.Mining.FalseNegatives;

/// <summary>
/// A guide model's vectors of all training texts. The guide gets the raw texts, with its own prompts and its own limit of length, whatever prompts and cuts the trained
/// model has. With a cache they are computed once, on disk, resumably; a batch then costs no pass of the guide.
/// </summary>
public sealed class GuideStore : IDisposable
{
    private readonly bool _isOwner;

    /// <summary>Takes vectors that were computed before; they stay the caller's.</summary>
    /// <param name="queries">A unit row for each query text.</param>
    /// <param name="documents">A unit row for each document text.</param>
    /// <exception cref="CdeException">They are of different models.</exception>
    public GuideStore(EmbeddingMatrix queries, EmbeddingMatrix documents)
        : this(queries, documents, false)
    {
    }

    private GuideStore(EmbeddingMatrix queries, EmbeddingMatrix documents, bool isOwner)
    {
        if (queries.Provenance.ModelHash != documents.Provenance.ModelHash || queries.Dimension != documents.Dimension)
            throw new CdeException($"guide: queries are embedded by {queries.Provenance.ModelName}, documents by {documents.Provenance.ModelName}; embed both by one model");
        (Queries, Documents, _isOwner) = (queries, documents, isOwner);
    }

    /// <summary>A unit row for each query text.</summary>
    public EmbeddingMatrix Queries { get; }

    /// <summary>A unit row for each document text.</summary>
    public EmbeddingMatrix Documents { get; }

    /// <summary>Embeds the texts, or takes them from the cache.</summary>
    /// <param name="guide">The frozen model.</param>
    /// <param name="queries">Raw query texts.</param>
    /// <param name="documents">Raw texts of documents and hard negatives.</param>
    /// <param name="cache">Where vectors are kept; null for none.</param>
    /// <param name="progress">Told in texts.</param>
    /// <param name="cancellationToken">Stops; with a cache, what is done is kept.</param>
    /// <exception cref="CdeException">A text is empty.</exception>
    public static async Task<GuideStore> BuildAsync(
        ITextEmbedder guide, IReadOnlyList<string> queries, IReadOnlyList<string> documents, EmbeddingCache? cache,
        IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var options = new EmbedOptions { Cache = cache };
        var numbered = queries.Select((text, row) => new Query(row.ToString(CultureInfo.InvariantCulture), text)).ToList();
        var asked = await guide.EmbedAsync(numbered, options, progress, cancellationToken).ConfigureAwait(false);
        try
        {
            var answers = await guide.EmbedAsync(documents, options, progress, cancellationToken).ConfigureAwait(false);
            return new GuideStore(asked, answers, true);
        }
        catch
        {
            asked.Dispose();
            throw;
        }
    }

    /// <summary>Releases the vectors where <see cref="BuildAsync"/> made them.</summary>
    public void Dispose()
    {
        if (!_isOwner)
            return;
        Queries.Dispose();
        Documents.Dispose();
    }
}
