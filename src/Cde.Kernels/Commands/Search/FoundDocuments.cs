namespace Cde.Kernels.Commands;

/// <summary>What one search found: the documents to show, and relevant ones wherever they stand.</summary>
/// <param name="Documents">Best first; a relevant document that is not ranked at all is not among them.</param>
/// <param name="Provenance">What it was made from.</param>
internal sealed record FoundDocuments(IReadOnlyList<FoundDocument> Documents, Provenance Provenance);

/// <summary>A document of a ranked list.</summary>
/// <param name="Rank">From 1.</param>
/// <param name="Score">Its score.</param>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its text; null where it is the corpus' document.</param>
internal sealed record FoundDocument(int Rank, double Score, string Id, string? Text = null);
