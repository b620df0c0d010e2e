namespace Cde.Workbench.Evaluation;

/// <summary>One query as a measure sees it. A grade of 1 or more is relevant; documents without judgement have grade 0.</summary>
/// <param name="Grades">The grades of the retrieved documents, best rank first.</param>
/// <param name="RelevantGrades">The grades of all relevant documents of the query, retrieved or not, highest first.</param>
public sealed record JudgedRanking(IReadOnlyList<int> Grades, IReadOnlyList<int> RelevantGrades)
{
    /// <summary>How many documents are relevant: R.</summary>
    public int RelevantCount => RelevantGrades.Count;

    /// <summary>How many relevant documents stand among the first.</summary>
    public int RelevantInTop(int cutoff)
    {
        var found = 0;
        for (var rank = 0; rank < Math.Min(cutoff, Grades.Count); rank++)
            found += Grades[rank] > 0 ? 1 : 0;
        return found;
    }
}
