namespace Cde.Workbench.Corpora;

/// <summary>A query with texts that answer it, and texts that do not although they look like it.</summary>
/// <param name="Query">The query's text.</param>
/// <param name="Positives">Texts that answer it; at least one.</param>
/// <param name="Negatives">Hard negatives; may be empty.</param>
/// <param name="Domain">The sub-corpus it comes from. Batches and contexts are drawn within a domain.</param>
public sealed record TrainingExample(string Query, IReadOnlyList<string> Positives, IReadOnlyList<string> Negatives, string Domain = "");
