namespace Cde.Workbench.Evaluation;

/// <summary>A retrieval measure: its declaration, and what it makes of one query.</summary>
public interface IMeasure
{
    /// <summary>Its name: <c>nDCG</c>.</summary>
    string Name { get; }

    /// <summary>Other names that people and tools give it.</summary>
    IReadOnlyList<string> OtherNames => [];

    /// <summary>What it counts and divides by, in one line, with its source.</summary>
    string Definition { get; }

    /// <summary>Whether it needs a cut-off: <c>P@10</c>.</summary>
    bool NeedsCutoff => false;

    /// <summary>Whether it may have a cut-off.</summary>
    bool TakesCutoff => true;

    /// <summary>Whether it asks which grades are relevant: <c>P(rel=2)@10</c>.</summary>
    bool TakesRelevance => true;

    /// <summary>Whether BEIR computes it by code of its own and not by pytrec_eval: ties and missing queries then follow other rules there.</summary>
    bool IsBeirsOwn => false;

    /// <summary>The value for one query, from 0 to 1.</summary>
    /// <param name="ranking">The query's list and judgements.</param>
    /// <param name="cutoff">How many documents of the list count; <see cref="int.MaxValue"/> for all.</param>
    double Compute(JudgedRanking ranking, int cutoff);
}
