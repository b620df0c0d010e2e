using System.Collections.Frozen;

namespace Cde.Workbench.Clustering;

/// <summary>
/// Words that name no cluster. In few documents class-based tf-idf takes them for names, since by accident one cluster has more of them than another: the function
/// words of English (the stop words of the Snowball stemmer, without contractions), and in any language what stands in more than half of all documents.
/// </summary>
internal static class FillerWords
{
    /// <summary>The share of all documents above which a word names nothing.</summary>
    public const double LargestShare = 0.5;

    private static readonly FrozenSet<string> English = (
        "i me my myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it its itself they them their theirs themselves "
        + "what which who whom this that these those am is are was were be been being have has had having do does did doing will would shall should can could may might must ought "
        + "a an the and but if or because as until while of at by for with about against between into through during before after above below to from up down in out on off over under "
        + "again further then once here there when where why how all any both each few more most other some such no nor not only own same so than too very one every also just")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a word says nothing about a cluster.</summary>
    /// <param name="word">In lower case.</param>
    /// <param name="documents">Documents that have it.</param>
    /// <param name="all">Documents in all clusters.</param>
    public static bool IsOne(string word, int documents, int all) => English.Contains(word) || documents > LargestShare * all;
}
