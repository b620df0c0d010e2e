namespace Cde.Workbench.Tests.Clustering;

/// <summary>Made-up pairs of texts.</summary>
internal static class WordPairs
{
    /// <summary>Pairs of random words, some of them often; texts may be empty, and repeat.</summary>
    public static (string[] Queries, string[] Documents) Random(int pairs, int words, long seed)
    {
        var random = new SeededRandom(seed);
        return (Texts(6), Texts(15));

        string[] Texts(int longest) => [.. Enumerable.Range(0, pairs).Select(_ => string.Join(' ', Enumerable.Range(0, random.Below(longest + 1)).Select(_ => $"w{random.Below(random.Below(words) + 1)}")))];
    }

    /// <summary>Pairs about a topic each, in turn: two words of the topic's own six in the query, four in the document, among words that all share.</summary>
    public static (string[] Queries, string[] Documents, int[] Topics) Topical(int pairs, int topics, long seed)
    {
        var random = new SeededRandom(seed);
        int[] topic = [.. Enumerable.Range(0, pairs).Select(pair => pair % topics)];
        return ([.. topic.Select(number => $"how do i {Own(number, 2)}")], [.. topic.Select(number => $"this is the way to {Own(number, 4)} and so on")], topic);

        string Own(int number, int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => $"t{number}x{random.Below(6)}"));
    }
}
