namespace Cde.Workbench.Corpora;

/// <summary>A query with texts that answer it, and texts that do not although they look like it.</summary>
/// <param name="Query">The query's text.</param>
/// <param name="Positives">Texts that answer it, or the other text of a scored pair; none for a single text.</param>
/// <param name="Negatives">Hard negatives; may be empty.</param>
/// <param name="Domain">The sub-corpus it comes from. Batches and contexts are drawn within a domain.</param>
public sealed record TrainingExample(string Query, IReadOnlyList<string> Positives, IReadOnlyList<string> Negatives, string Domain = "")
{
    /// <summary>A teacher's score or an annotator's grade of each positive; null where there are none.</summary>
    public IReadOnlyList<double>? PositiveScores { get; init; }

    /// <summary>A teacher's score or an annotator's grade of each negative; null where there are none.</summary>
    public IReadOnlyList<double>? NegativeScores { get; init; }

    /// <summary>How alike the query and its first positive are, in the units of the data set; null where nobody says.</summary>
    public double? Score { get; init; }

    /// <summary>The class of a single text; null where it has none.</summary>
    public string? Label { get; init; }

    /// <summary>What is to be done with the query, as <see cref="InstructionTemplate"/> puts it in; null for none.</summary>
    public string? QueryInstruction { get; init; }

    /// <summary>What is to be done with documents, as <see cref="InstructionTemplate"/> puts it in; null for none.</summary>
    public string? DocumentInstruction { get; init; }

    /// <summary>What kind of task it is, in the words of its data set, as FlagEmbedding's <c>only_1neg</c>; null where it says nothing.</summary>
    public string? Type { get; init; }

    /// <summary>The query with its instruction: what a model that knows instructions embeds.</summary>
    public string InstructedQuery => InstructionTemplate.Apply(QueryInstruction, Query);

    /// <summary>A document with its instruction.</summary>
    public string InstructedDocument(string text) => InstructionTemplate.Apply(DocumentInstruction, text);
}
