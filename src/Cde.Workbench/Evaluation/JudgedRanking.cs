namespace Cde.Workbench.Evaluation;

/// <summary>One query as a measure sees it. A grade of 1 or more is relevant; documents without judgement have grade 0.</summary>
/// <param name="Grades">The grades of the retrieved documents, best rank first.</param>
/// <param name="RelevantGrades">The grades of all relevant documents of the query, retrieved or not, highest first.</param>
public sealed record JudgedRanking(IReadOnlyList<int> Grades, IReadOnlyList<int> RelevantGrades)
{
    /// <summary>Whether each retrieved document, best rank first, has a judgement for any query of the task.</summary>
    public IReadOnlyList<bool> IsJudgedAnywhere { get; init; } = [];

    /// <summary>Whether average precision divides by the cut-off where more documents are relevant, as sentence-transformers does.</summary>
    public bool CapsAveragePrecision { get; init; }

    /// <summary>How many documents are relevant: R.</summary>
    public int RelevantCount => RelevantGrades.Count;

    /// <summary>The same query where only grades from <paramref name="relevance"/> on are relevant.</summary>
    public JudgedRanking FromGrade(int relevance) => this with
    {
        Grades = [.. Grades.Select(grade => grade >= relevance ? grade : 0)],
        RelevantGrades = [.. RelevantGrades.Where(grade => grade >= relevance)],
    };

    /// <summary>How many relevant documents stand among the first.</summary>
    public int RelevantInTop(int cutoff)
    {
        var found = 0;
        for (var rank = 0; rank < Math.Min(cutoff, Grades.Count); rank++)
            found += Grades[rank] > 0 ? 1 : 0;
        return found;
    }
}
