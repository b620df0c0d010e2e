namespace Cde.Workbench.Evaluation;

/// <summary>What is put in front of the texts of a task.</summary>
/// <param name="Query">In front of queries; empty for nothing.</param>
/// <param name="Document">In front of documents, and of all texts where the task has no queries.</param>
/// <param name="Source">Where it is from, in words.</param>
public sealed record TaskInstruction(string Query, string Document, string Source);
