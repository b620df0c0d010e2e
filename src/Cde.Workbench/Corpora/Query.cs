namespace Cde.Workbench.Corpora;

/// <summary>A query of a retrieval task.</summary>
/// <param name="Id">Its name, unique within the task.</param>
/// <param name="Text">Its text.</param>
public sealed record Query(string Id, string Text);
