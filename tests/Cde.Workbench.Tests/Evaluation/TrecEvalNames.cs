using System.Globalization;
using Cde.Workbench.Evaluation;

namespace Cde.Workbench.Tests.Evaluation;

/// <summary>trec_eval's names for measures; a number behind the last underscore is the cut-off.</summary>
internal static class TrecEvalNames
{
    private static readonly Dictionary<string, string> Families = new()
    {
        ["ndcg"] = "nDCG",
        ["ndcg_cut"] = "nDCG",
        ["map"] = "MAP",
        ["map_cut"] = "MAP",
        ["recip_rank"] = "MRR",
        ["recall"] = "Recall",
        ["set_recall"] = "Recall",
        ["P"] = "P",
        ["success"] = "Success",
        ["Rprec"] = "Rprec",
    };

    /// <summary>Our measure of a name; null where there is none.</summary>
    public static Measure? Find(string name, int relevance = 1)
    {
        var split = name.LastIndexOf('_');
        var hasCutoff = split > 0 && int.TryParse(name.AsSpan(split + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if (!Families.TryGetValue(hasCutoff ? name[..split] : name, out var family))
            return null;
        return Measure.Parse($"{family}{(family == "nDCG" || relevance == 1 ? "" : $"(rel={relevance})")}{(hasCutoff ? $"@{name[(split + 1)..]}" : "")}");
    }
}
