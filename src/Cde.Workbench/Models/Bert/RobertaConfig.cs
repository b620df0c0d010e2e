namespace Cde.Workbench.Models.Bert;

/// <summary>
/// RoBERTa (Liu et al. 2019) and XLM-R (Conneau et al. 2020) as BERT: one token type, and positions that are counted over the ids that are not padding,
/// from the padding's id plus 1 on.
/// </summary>
internal static class RobertaConfig
{
    /// <summary>Reads <c>config.json</c>.</summary>
    /// <exception cref="CdeException">As <see cref="BertConfig.From"/>.</exception>
    public static BertConfig From(JsonConfig json) => BertConfig.From(json) with { PaddingIndex = json.Int(["pad_token_id"], 1, least: 0) };
}
