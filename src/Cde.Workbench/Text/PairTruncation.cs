namespace Cde.Workbench.Text;

/// <summary>Which text of a pair loses tokens where the two are too long together.</summary>
public enum PairTruncation
{
    /// <summary>One token at a time from the end of the longer text, from the second where they are equally long (as transformers' <c>BertTokenizer</c>).</summary>
    LongestFirst,

    /// <summary>The first text only, which must keep a token.</summary>
    OnlyFirst,

    /// <summary>The second text only, which must keep a token.</summary>
    OnlySecond,
}
