namespace Cde.Workbench.Corpora;

/// <summary>A field of training data under the names that data sets give it.</summary>
/// <param name="Column">Its column where columns have no names, from 1; 0 for a field that has none.</param>
/// <param name="Names">Its names; the first is the one that messages use where none is present.</param>
internal sealed record ExampleField(int Column, params string[] Names)
{
    public static readonly ExampleField First = new(1, "query", "anchor", "question", "sentence1", "text1", "premise");
    public static readonly ExampleField Second = new(2, "positive", "answer", "document", "passage", "sentence2", "text2", "hypothesis");
    public static readonly ExampleField Negative = new(3, "negative");
    public static readonly ExampleField Score = new(3, "score", "similarity", "label");
    public static readonly ExampleField Text = new(1, "text", "sentence", "contents");
    public static readonly ExampleField Label = new(2, "label", "category", "class", "intent");
    public static readonly ExampleField Positives = new(0, "pos", "positive", "positives");
    public static readonly ExampleField Negatives = new(0, "neg", "negative", "negatives");
    public static readonly ExampleField PositiveScores = new(0, "pos_scores");
    public static readonly ExampleField NegativeScores = new(0, "neg_scores");
    public static readonly ExampleField Prompt = new(0, "prompt", "instruction");
    public static readonly ExampleField Type = new(0, "type");
    public static readonly ExampleField Task = new(0, "task_name", "task_id");
    public static readonly ExampleField Documents = new(0, "docs", "documents", "passages");
    public static readonly ExampleField Grades = new(0, "labels", "grades", "scores");

    /// <summary>What documents of a corpus have, and training examples need not.</summary>
    public static readonly ExampleField Id = new(0, "_id");

    /// <summary>All fields: what a header line may name.</summary>
    public static readonly IReadOnlyList<ExampleField> All =
        [First, Second, Negative, Score, Text, Label, Positives, Negatives, PositiveScores, NegativeScores, Prompt, Type, Task, Documents, Grades];

    /// <summary>The n-th negative of an n-tuple, from 1.</summary>
    public static ExampleField NumberedNegative(int number) => new(2 + number, $"negative_{number}", $"negative{number}");
}
