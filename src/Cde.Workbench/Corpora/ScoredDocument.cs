namespace Cde.Workbench.Corpora;

/// <summary>One entry of a ranked list.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Score">Its score; higher is better.</param>
public readonly record struct ScoredDocument(string DocumentId, double Score);
