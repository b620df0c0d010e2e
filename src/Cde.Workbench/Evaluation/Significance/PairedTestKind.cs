using System.Text.Json.Serialization;

namespace Cde.Workbench.Evaluation;

/// <summary>Which test decides whether two systems differ.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PairedTestKind>))]
public enum PairedTestKind
{
    /// <summary>The paired randomisation test (<see cref="PairedTest"/>): of the mean, with no assumption about the distribution. What Smucker, Allan and Carterette (2007) advise.</summary>
    Randomisation,

    /// <summary>Student's paired t (<see cref="PairedTTest"/>): of the mean, near the former from some 50 queries on.</summary>
    T,

    /// <summary>Wilcoxon's signed ranks (<see cref="WilcoxonSignedRank"/>): of the ranks of the differences, not of the mean.</summary>
    Wilcoxon,

    /// <summary>The sign test (<see cref="SignTest"/>): of wins and losses alone.</summary>
    Sign,

    /// <summary>
    /// The paired bootstrap (Efron and Tibshirani 1993, chapter 16): items are drawn again, the same for both systems; twice the smaller share of draws in which the
    /// difference lies on either side of 0. It always decides where a score is no mean of items: correlations, average precision over all pairs, V-measure.
    /// </summary>
    Bootstrap,
}
